// The field that names a message.
import { subjectField } from '../../../shared/adapter';

export const messageField = subjectField(
  'Message',
  'message',
  '={{ $json.message }}',
  'The reference of the message, as an earlier Gait node or the step "Send Message" gives it',
);

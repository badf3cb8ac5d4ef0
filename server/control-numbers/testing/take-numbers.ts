// A process that takes control numbers and writes each to stdout, until it is killed. Arguments: database, clinic, connection.
import { writeSync } from 'node:fs';
import { connectDatabase } from '../../database/connect.ts';
import { createControlNumbers } from '../control-numbers.ts';

const [, , url = '', clinic = '', connection = ''] = process.argv;
const numbers = createControlNumbers(connectDatabase(url).db, clinic, connection);
for (;;) writeSync(1, `${await numbers.next('interchange')}\n`);

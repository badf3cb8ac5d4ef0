// Services with their minutes, codes, cues and how the patient took them.
import type { Corpus } from '../spoken.ts';

export const services: Corpus = [
  { say: 'Fifteen minutes of therapeutic exercise.', means: ['do therapeutic exercise: code 97110, minutes 15'] },
  { say: 'Manual therapy 12 minutes.', means: ['do manual therapy: code 97140, minutes 12'] },
  {
    say: 'Fifteen minutes of therapeutic exercise, ten minutes of manual therapy and eight minutes of gait training.',
    means: [
      'do therapeutic exercise: code 97110, minutes 15',
      'do manual therapy: code 97140, minutes 10',
      'do gait training: code 97116, minutes 8',
    ],
  },
  { say: 'Neuromuscular re-education for 23 min.', means: ['do neuromuscular reeducation: code 97112, minutes 23'] },
  {
    say: 'Ther ex 20 min, neuro re-ed 10 min, ther act 8 min.',
    means: [
      'do therapeutic exercise: code 97110, minutes 20',
      'do neuromuscular reeducation: code 97112, minutes 10',
      'do therapeutic activities: code 97530, minutes 8',
    ],
  },
  {
    say: 'Therapeutic activities for twenty-five minutes.',
    means: ['do therapeutic activities: code 97530, minutes 25'],
  },
  { say: 'Total treatment time 45 minutes, total timed minutes 38.', means: ['total 45', 'timed 38'] },
  { say: 'Total time fifty three minutes.', means: ['total 53'] },
  {
    say: 'Soft tissue mobilization to the left calf for six minutes.',
    means: ['do soft tissue mobilization: minutes 6, side left, part calf'],
  },
  {
    say: 'Grade three joint mobilization right shoulder, eight minutes.',
    means: ['do joint mobilization grade III: minutes 8, side right, part shoulder'],
  },
  {
    say: 'Grade 4 patellar mobilizations to the left knee.',
    means: ['do patellar mobilization grade IV: side left, part knee'],
  },
  {
    say: 'Ultrasound to the right elbow 8 minutes.',
    means: ['do ultrasound: code 97035, minutes 8, side right, part elbow'],
  },
  { say: 'Ice to the left knee for ten minutes.', means: ['do cold pack: minutes 10, side left, part knee'] },
  {
    say: 'Gait training 10 minutes with verbal cues and tactile cues.',
    means: ['do gait training: code 97116, minutes 10, skills tactile cues+verbal cues'],
  },
  { say: 'Therapeutic exercise 97110 for 15 minutes.', means: ['do therapeutic exercise: code 97110, minutes 15'] },
  {
    say: 'Therapeutic exercise 15 minutes: straight leg raise 3x10, clamshell 2x15 green band.',
    means: [
      'do therapeutic exercise: code 97110, minutes 15',
      'do straight leg raise: sets 3, repetitions 10',
      'do clamshell: sets 2, repetitions 15, load green band',
    ],
  },
  {
    say: 'Squats 3x10 with verbal cues, tolerated well.',
    means: ['do squat: sets 3, repetitions 10, skills verbal cues, response well'],
  },
  { say: 'Bridges 2x10, stopped due to cramping.', means: ['do bridge: sets 2, repetitions 10, response stopped'] },
  {
    say: 'Step downs two sets of ten with fatigue.',
    means: ['do step down: sets 2, repetitions 10, response fatigue'],
  },
  { say: 'Aquatic therapy thirty minutes.', means: ['do aquatic therapy: code 97113, minutes 30'] },
];

// Names, words and codes the synthetic clinic is made of. Nobody here exists; telephone numbers end in 555-01xx.

export const givenNames = [
  'Adela',
  'Bram',
  'Calla',
  'Dorian',
  'Elspeth',
  'Fitz',
  'Greta',
  'Holden',
  'Imelda',
  'Jorah',
  'Kestrel',
  'Lorcan',
  'Maris',
  'Nolan',
  'Odette',
  'Piers',
  'Quinta',
  'Renata',
  'Silas',
  'Tamsin',
  'Ulric',
  'Verity',
  'Wendell',
  'Xanthe',
  'Yara',
  'Zebulon',
  'Anouk',
  'Bastian',
  'Cressida',
  'Dario',
] as const;

export const familyNames = [
  'Ashgrove',
  'Birchmoor',
  'Cranefield',
  'Dunmarrow',
  'Elderwick',
  'Fallowmere',
  'Gristwood',
  'Hollenbrook',
  'Ivelstone',
  'Jessamor',
  'Kettleridge',
  'Lanternby',
  'Marrowdale',
  'Nettlecombe',
  'Oakhallow',
  'Pennywhit',
  'Quarrendon',
  'Rushwick',
  'Sallowby',
  'Thistleton-Gray',
  'Underlea',
  'Vossmere',
  'Wrenfield',
  'Yarrowby',
  'Zellwood',
  'Amberlow',
  'Brackenholt',
  'Copperfen',
  'Dellingham',
  "O'Thornley",
] as const;

export const streets = [
  'Larkspur Lane',
  'Juniper Court',
  'Saddle Road',
  'Quarry Street',
  'Heron Way',
  'Copper Trail',
] as const;
export const towns = ['Mesa Falls', 'Pine Hollow', 'Red Butte'] as const;

export const therapists = [
  { name: 'Dana Quill', npi: '1999999901' },
  { name: 'Teo Marsh', npi: '1999999919' },
  { name: 'Ines Calder', npi: '1999999927' },
] as const;

export const referrers = [
  { name: 'Sam Orrin', npi: '1999999935' },
  { name: 'Lena Voss', npi: '1999999943' },
  { name: 'Pat Hale', npi: '1999999950' },
  { name: 'Ruth Ember', npi: '1999999968' },
] as const;

export interface Complaint {
  readonly diagnoses: readonly string[];
  readonly measure: string;
  readonly limitations: string;
  readonly goals: string;
  readonly progress: string;
}

/** Usual complaints of an outpatient clinic: ICD-10-CM codes and the clinician's words. */
export const complaints: readonly Complaint[] = [
  {
    diagnoses: ['M25.561', 'R26.2'],
    measure: 'LEFS',
    limitations: 'Cannot climb one flight of stairs without the rail; walks half a block.',
    goals: 'Climb two flights without the rail and walk six blocks within 8 weeks.',
    progress: 'Climbs six steps without the rail; walks two blocks.',
  },
  {
    diagnoses: ['M54.50'],
    measure: 'ODI',
    limitations: 'Sits no longer than 15 minutes; cannot lift a laundry basket.',
    goals: 'Sit 60 minutes and lift 20 lb from the floor within 6 weeks.',
    progress: 'Sits 30 minutes; lifts 10 lb from knee height.',
  },
  {
    diagnoses: ['M25.511', 'M75.41'],
    measure: 'QuickDASH',
    limitations: 'Cannot reach overhead or fasten clothing behind the back.',
    goals: 'Reach a shelf overhead with 5 lb within 8 weeks.',
    progress: 'Reaches to shoulder height with 2 lb.',
  },
  {
    diagnoses: ['M54.2'],
    measure: 'NDI',
    limitations: 'Cannot turn the head to drive; wakes twice a night.',
    goals: 'Turn the head fully to drive and sleep 6 hours within 6 weeks.',
    progress: 'Turns the head two thirds; wakes once a night.',
  },
  {
    diagnoses: ['Z47.1', 'Z96.651'],
    measure: 'LEFS',
    limitations: 'Walks with a cane; cannot rise from a low chair.\nSteps one at a time.',
    goals: 'Walk without a cane and rise from a low chair within 10 weeks.',
    progress: 'Walks indoors without the cane; rises from a chair with one hand.',
  },
  {
    diagnoses: ['R26.89', 'Z91.81'],
    measure: 'TUG',
    limitations: 'Two falls in three months; holds on to furniture, "feels unsteady".',
    goals: 'Cross a room without holding on and stand on one leg 10 seconds within 8 weeks.',
    progress: 'Stands on one leg 4 seconds; no fall since the evaluation.',
  },
];

export const denialReasons = [
  'Documentation does not show measurable progress toward the goals.',
  'Further skilled therapy is not shown to be necessary.',
] as const;

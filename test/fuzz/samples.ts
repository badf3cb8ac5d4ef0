// What the fuzzer changes: one whole file of each kind that Gait reads, synthetic, and the public files where they are.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const isa = 'ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *260302*0815*^*00501*000000905*0*P*:';

function file(group: string, type: string, version: string, content: readonly string[]): string {
  const lines = [
    isa,
    `GS*${group}*PAYER*CLINIC*20260302*0815*1*X*${version}`,
    `ST*${type}*0001*${version}`,
    ...content,
    `SE*${content.length + 2}*0001`,
    'GE*1*1',
    'IEA*1*000000905',
    '',
  ];
  return lines.join('~\n');
}

const payer = ['HL*1**20*1', 'NM1*PR*2*SUNRISE*****PI*00882'];
const clinic = ['HL*2*1*21*1', 'NM1*1P*2*RIVERSIDE PHYSICAL THERAPY*****XX*1999999984'];
const statusClinic = [
  'HL*2*1*21*1',
  'NM1*41*2*RIVERSIDE*****46*CLINIC',
  'HL*3*2*19*1',
  'NM1*1P*2*RIVERSIDE*****XX*1999999984',
];
const patient = ['NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001', 'DMG*D8*19800101*F'];

/** Names and texts of the synthetic files. */
export const synthetic: Readonly<Record<string, string>> = {
  '270': file('HS', '270', '005010X279A1', [
    'BHT*0022*13*REQUEST1*20260302*0815',
    ...[...payer, ...clinic, 'HL*3*2*22*1', 'TRN*1*TRACE1*9SAMPLE001', ...patient],
    ...[
      'HL*4*3*23*0',
      'NM1*03*1*SAMPLE*SAM',
      'DMG*D8*20150101*M',
      'INS*N*19',
      'DTP*291*RD8*20260302-20260331',
      'EQ*PT^30**IND',
    ],
  ]),
  '271': file('HB', '271', '005010X279A1', [
    'BHT*0022*11*REQUEST1*20260302*0815',
    ...[
      ...payer,
      'PER*IC*DESK*TE*5550100',
      'AAA*Y**42*R',
      ...clinic,
      'HL*3*2*22*0',
      'TRN*2*TRACE1*9SAMPLE001',
      ...patient,
    ],
    ...[
      'DTP*346*D8*20260101',
      'EB*1**30^PT*HM*GOLD',
      'EB*C*IND*30***23*500',
      'EB*F*IND*PT***23**VS*30*Y*Y',
      'HSD*VS*30***22*1',
    ],
    ...[
      'DTP*348*RD8*20260101-20261231',
      'MSG*CALL FIRST',
      'III*ZZ*11',
      'LS*2120',
      'NM1*SEP*2*HARBOR',
      'PER*IC**TE*5550101',
      'LE*2120',
    ],
    ...['EB*A*IND*PT*****.2****W', 'EB*B*FAM*PT***27*25*****Y', 'AAA*N**72*C'],
  ]),
  '276': file('HR', '276', '005010X212', [
    'BHT*0010*13*REQUEST1*20260302*0815',
    ...[
      ...payer,
      ...statusClinic,
      'HL*4*3*22*0',
      'DMG*D8*19800101*F',
      'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001',
      'TRN*1*TRACE1',
    ],
    ...[
      'REF*EJ*CLAIM1',
      'AMT*T3*150',
      'DTP*472*RD8*20260201-20260202',
      'SVC*HC:97110:GP*100*****2',
      'DTP*472*D8*20260201',
    ],
  ]),
  '277': file('HN', '277', '005010X212', [
    'BHT*0010*08*REQUEST1*20260302*0815*DG',
    ...[
      ...payer,
      ...statusClinic,
      'TRN*1*0',
      'STC*E0:24',
      'HL*4*3*22*0',
      'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001',
      'TRN*2*TRACE1',
    ],
    ...['STC*F1:65:PR^A2:20*20260302**150*90.4*20260301*ACH**12345', 'REF*1K*PAYER1', 'DTP*472*D8*20260201'],
    ...['SVC*HC:97110:GP*100*60.4***2', 'STC*F1:65*20260302', 'REF*FJ*1'],
  ]),
  '277CA': file('HN', '277', '005010X214', [
    'BHT*0085*08*REQUEST1*20260302*0815*TH',
    ...[
      'HL*1**20*1',
      'NM1*AY*2*HOUSE*****46*H1',
      'TRN*1*T1',
      'DTP*050*D8*20260302',
      'DTP*009*D8*20260302',
      'HL*2*1*21*1',
    ],
    ...[
      'NM1*41*2*RIVERSIDE*****46*CLINIC',
      'TRN*2*B1',
      'STC*A1:19:PR*20260302*WQ*300',
      'QTY*90*1',
      'QTY*AA*1',
      'AMT*YU*150',
    ],
    ...[
      'HL*3*2*19*1',
      'NM1*85*2*RIVERSIDE*****XX*1999999984',
      'HL*4*3*PT',
      'NM1*QC*1*SAMPLE*PAT****MI*SAMPLE0001',
      'TRN*2*CLAIM1',
    ],
    ...[
      'STC*A7:562:85*20260302*U*150********TEXT',
      'REF*1K*PAYER1',
      'DTP*472*RD8*20260201-20260202',
      'SVC*HC:97110*100',
      'STC*A7:454**U',
    ],
  ]),
  '278 request': file('HI', '278', '005010X217', [
    'BHT*0007*13*REQUEST1*20260302*0815',
    ...[
      'HL*1**20*1',
      'NM1*X3*2*SUNRISE*****PI*00882',
      ...clinic,
      'HL*3*2*22*1',
      ...patient,
      'HL*4*3*EV*1',
      'TRN*1*TRACE1*9SAMPLE001',
    ],
    ...[
      'UM*HS*I*PT*11:B*****Y',
      'REF*BB*OLD1',
      'DTP*AAH*RD8*20260302-20260531',
      'HI*ABK:M545^ABF:M2551',
      'HSD*VS*12*WK*3',
      'MSG*NOTE',
    ],
    ...['HL*5*4*SS*0', 'UM*HS*I*PT', 'SV1*HC:97110:GP*100*UN*24', 'DTP*472*D8*20260302'],
  ]),
  '278 response': file('HI', '278', '005010X217', [
    'BHT*0007*11*REQUEST1*20260302*0815*18',
    ...[
      'HL*1**20*1',
      'NM1*X3*2*SUNRISE*****PI*00882',
      'AAA*Y**42*P',
      ...clinic,
      'HL*3*2*22*1',
      ...patient,
      'HL*4*3*EV*1',
    ],
    ...[
      'TRN*2*TRACE1*9SAMPLE001',
      'UM*HS*I*PT',
      'HCR*A2*AUTH1*0V^1Q',
      'REF*NT*ADMIN1',
      'DTP*036*D8*20260531',
      'DTP*007*RD8*20260302-20260531',
    ],
    ...['HSD*VS*6', 'MSG*SIX OF TWELVE', 'HL*5*4*SS*0', 'SV1*HC:97110*0*UN*12', 'HCR*A1*AUTH2', 'AAA*N**33*C'],
  ]),
  '835': file('HP', '835', '005010X221A1', [
    ...[
      'BPR*I*77.5*C*ACH*CCP*01*999000033*DA*12345*1999000001**01*888000044*DA*67890*20260302',
      'TRN*1*TRACE1*1999000001',
    ],
    ...[
      'REF*EV*CLINIC',
      'DTM*405*20260302',
      'N1*PR*SUNRISE',
      'N3*1 WAY',
      'N4*TOWN*FL*32202',
      'PER*CX**TE*5550100*EX*1',
      'N1*PE*RIVERSIDE*XX*1999999984',
    ],
    ...[
      'LX*1',
      'TS3*1999999984*11*20261231*1*100',
      'CLP*CLAIM1*22*-100*-80**12*P1',
      'CAS*CO*45*-20',
      'CLP*CLAIM1*1*100*160*0*12*P2*11*7',
    ],
    ...[
      'CAS*OA*23*0*1*45*0*',
      'NM1*QC*1*SAMPLE*PAT****MI*SAMPLE0001',
      'MOA***MA18*N130',
      'REF*1L*GROUP',
      'DTM*050*20260226',
      'AMT*AU*100',
    ],
    ...[
      'SVC*HC:97110:GP*100*160**2*HC:97530*3',
      'DTM*472*20260218',
      'CAS*PR*3*-60',
      'REF*6R*LINE1',
      'AMT*B6*110.4',
      'QTY*ZK*1',
      'LQ*HE*N362',
    ],
    ...['PLB*1999999984*20261231*WO:CLAIM9*12.5*L6*-10'],
  ]),
  '837P': file('HC', '837', '005010X222A1', [
    ...[
      'BHT*0019*00*BATCH1*20260302*0815*CH',
      'NM1*41*2*RIVERSIDE*****46*CLINIC',
      'PER*IC*DESK*TE*5550100',
      'NM1*40*2*SUNRISE*****46*00882',
    ],
    ...[
      'HL*1**20*1',
      'PRV*BI*PXC*225100000X',
      'NM1*85*2*RIVERSIDE*****XX*1999999984',
      'N3*1 WAY',
      'N4*TOWN*FL*322020000',
      'REF*EI*999999999',
    ],
    ...[
      'HL*2*1*22*1',
      'SBR*P**GROUP******12',
      'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001',
      'NM1*PR*2*SUNRISE*****PI*00882',
      'HL*3*2*23*0',
      'PAT*19',
    ],
    ...[
      'NM1*QC*1*SAMPLE*SAM',
      'N3*2 WAY',
      'N4*TOWN*FL*32202',
      'DMG*D8*20150101*M',
      'CLM*CLAIM1*150***11:B:7*Y*A*Y*Y',
      'DTP*454*D8*20260201',
    ],
    ...[
      'REF*G1*AUTH1',
      'REF*F8*OLD1',
      'NTE*ADD*NOTE',
      'HI*ABK:M545*ABF:M2551',
      'NM1*DN*1*SMITH*ANN****XX*1888888876',
      'NM1*82*1*JONES*BO****XX*1777777767',
    ],
    ...[
      'SBR*S*18*******MB',
      'CAS*CO*45*20',
      'AMT*D*80',
      'OI***Y***Y',
      'NM1*IL*1*SAMPLE*PAT****MI*M1',
      'NM1*PR*2*HARBOR*****PI*00993',
      'LX*1',
    ],
    ...[
      'SV1*HC:97110:GP*100*UN*2***1:2',
      'DTP*472*D8*20260201',
      'REF*6R*LINE1',
      'SVD*00993*80*HC:97110**2',
      'CAS*PR*2*20',
      'DTP*573*D8*20260220',
    ],
    ...['LX*2', 'SV1*HC:97140:GP:59*50*UN*1***1', 'DTP*472*RD8*20260201-20260201'],
  ]),
  '999': file('FA', '999', '005010X231A1', [
    ...[
      'AK1*HC*1*005010X222A1',
      'AK2*837*0001*005010X222A1',
      'IK3*NM1*8*2010BA*8',
      'CTX*CLM01:CLAIM1',
      'IK4*9:1:2*67*7*BAD',
    ],
    ...[
      'CTX*SITUATIONAL TRIGGER*CLM*43**5:3*C023:1325',
      'IK5*R*5',
      'AK2*837*0002*005010X222A1',
      'IK5*A',
      'AK9*P*2*2*1',
    ],
  ]),
  TA1: [isa, 'TA1*000000019*260302*0815*R*024', 'IEA*0*000000905', ''].join('~\n'),
};

/** Files so small that many mutations of each fit into a run. */
const largest = 12_000;

/** The public files of a folder, all of their subfolders; none where it is not there. */
export function publicFiles(folder: string): Uint8Array[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size <= largest)
    .map((path) => readFileSync(path));
}

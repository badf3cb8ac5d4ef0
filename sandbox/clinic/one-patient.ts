// One patient of the synthetic clinic as somebody new: the demonstration and the tests follow a person nobody has imported yet.
import type { Clinic, Condition } from './model.ts';
import { movedToFreeHour } from './overlap.ts';

/** Which patient to take, and the letters and digits that make the copy unlike every other patient. */
export interface OnePatient {
  readonly condition: Condition;
  readonly payer: string;
  readonly mark: string;
}

/**
 * A clinic of that patient alone, under other numbers and a name that ends in the mark, coming when their therapist has time. Throws
 * when there is none.
 */
export function onePatient(clinic: Clinic, { condition, payer, mark }: OnePatient): Clinic {
  const patient = clinic.patients.find(
    (one) => clinic.conditions[one.recordNumber] === condition && one.coverage.payerId === payer,
  );
  if (patient === undefined) throw new Error('The clinic has no patient in that condition at that payer.');
  const recordNumber = `PT${mark}`;
  const own = <Row extends { readonly recordNumber: string }>(rows: readonly Row[]): Row[] =>
    rows.filter((row) => row.recordNumber === patient.recordNumber).map((row) => ({ ...row, recordNumber }));
  const { memberId } = patient.coverage;
  return {
    today: clinic.today,
    patients: [
      {
        ...patient,
        recordNumber,
        name: { ...patient.name, family: `${patient.name.family} ${mark}` },
        coverage: { ...patient.coverage, memberId: memberId === null ? null : `${memberId}${mark}` },
      },
    ],
    authorizations: own(clinic.authorizations).map((row) => ({
      ...row,
      number: row.number === null ? null : `${row.number}${mark}`,
    })),
    visits: movedToFreeHour(own(clinic.visits), clinic.visits).map((row) => ({
      ...row,
      appointmentId: `${row.appointmentId}-${mark}`,
    })),
    conditions: { [recordNumber]: condition },
  };
}

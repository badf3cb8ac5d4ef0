// The tables of what patients paid: days and cents by reference.
import type { Instant } from '../database/columns.ts';

export type PaymentMethod = 'cash' | 'check' | 'card' | 'other';

export interface PatientPaymentTables {
  patient_payments: {
    ref: string;
    clinic: string;
    file: string | null;
    by_user: string | null;
    paid_on: string;
    cents: number;
    method: PaymentMethod | null;
    at: Instant;
  };
  patient_payment_postings: {
    payment: string;
    clinic: string;
    claim: string;
    at: Instant;
  };
}

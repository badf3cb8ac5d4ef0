// The shape of the database as Kysely sees it: the core tables here, each further area adds its own interface.
import type { Kysely, Transaction } from 'kysely';
import type { AttendanceTables } from '../attendance/tables.ts';
import type { AuditTables } from '../audit/tables.ts';
import type { AuthorizationTables } from '../authorizations/tables.ts';
import type { CareTables } from '../care/tables.ts';
import type { ChargeProposalTables } from '../charge-proposals/tables.ts';
import type { ClaimLifeTables } from '../claims/life/tables.ts';
import type { ClaimTables } from '../claims/tables.ts';
import type { ClinicTables } from '../clinics/tables.ts';
import type { ConnectionTables } from '../connections/tables.ts';
import type { ControlNumberTables } from '../control-numbers/tables.ts';
import type { DataAuditTables } from '../data-audit/tables.ts';
import type { DocumentationTables } from '../documentation/tables.ts';
import type { DocumentationDueTables } from '../documentation-due/tables.ts';
import type { EffectTables } from '../effects/tables.ts';
import type { EligibilityTables } from '../eligibility/tables.ts';
import type { EpisodeTables } from '../episodes/tables.ts';
import type { ImportTables } from '../imports/tables.ts';
import type { KeyTables } from '../keys/tables.ts';
import type { ListenerTables } from '../listeners/tables.ts';
import type { MessageTables } from '../messages/tables.ts';
import type { MorningReportTables } from '../morning-report/tables.ts';
import type { NoteAuditTables } from '../note-audits/tables.ts';
import type { NoteTables } from '../notes/tables.ts';
import type { NoteFilingTables } from '../note-filing/tables.ts';
import type { PatientLinkTables, VisitTables } from '../patient-links/tables.ts';
import type { PlanOfCareTables } from '../plans-of-care/tables.ts';
import type { PatientPaymentTables } from '../posting/patient-tables.ts';
import type { PostingTables } from '../posting/tables.ts';
import type { ReceivedTables } from '../received/tables.ts';
import type { ScheduleTables } from '../schedule/tables.ts';
import type { ScrubTables } from '../scrub/tables.ts';
import type { SessionTables } from '../sessions/tables.ts';
import type { StepTables } from '../steps/tables.ts';
import type { VaultTables } from '../vault/tables.ts';
import type { WaitlistTables } from '../waitlist/tables.ts';
import type { WorkItemTables } from '../work-items/tables.ts';

/** Every table. An area `x` exports `XTables` from `server/x/tables.ts` and is named here. */
export interface Tables
  extends ClinicTables,
    KeyTables,
    SessionTables,
    VaultTables,
    ConnectionTables,
    ClaimLifeTables,
    ClaimTables,
    ControlNumberTables,
    AuditTables,
    AuthorizationTables,
    CareTables,
    ChargeProposalTables,
    WaitlistTables,
    WorkItemTables,
    EffectTables,
    DataAuditTables,
    DocumentationTables,
    DocumentationDueTables,
    EligibilityTables,
    NoteAuditTables,
    NoteTables,
    EpisodeTables,
    NoteFilingTables,
    PatientLinkTables,
    VisitTables,
    PatientPaymentTables,
    PlanOfCareTables,
    PostingTables,
    ReceivedTables,
    ScheduleTables,
    ScrubTables,
    StepTables,
    ImportTables,
    ListenerTables,
    MessageTables,
    MorningReportTables,
    AttendanceTables {}

/** A handle that may stand inside a transaction or outside of one. */
export type Db = Kysely<Tables>;

/** A handle inside a transaction: what is done with it is kept or dropped as a whole. */
export type Trx = Transaction<Tables>;

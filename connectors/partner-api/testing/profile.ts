// The profile that reads the simulated partner API: an example of one, and what the tests change a part of.

/** @param url the base address of the API */
export function partnerProfile(url: string) {
  const day = '/day';
  const number = '/patientNumber';
  return {
    baseUrl: `${url}/v1`,
    authentication: { kind: 'header', header: 'x-api-key' },
    dateFormats: ['MM/DD/YYYY', 'YYYY-MM-DD'],
    timeFormats: ['hh:mm A'],
    payers: { 'Harbor Health': 'harbor-health', 'Keystone Mutual': 'keystone-mutual' },
    records: {
      patients: {
        path: '/patients',
        items: '/data/patients',
        paging: { kind: 'page', pageSize: 8 },
        since: { parameter: 'changedSince' },
        gone: { at: '/recordState', is: ['deleted', 'merged'], mergedInto: '/survivor' },
        fields: {
          recordNumber: number,
          name: '/demographics/fullName',
          birthDate: '/demographics/birth',
          gender: '/demographics/sex',
          phone: '/demographics/phones/0',
          email: '/demographics/email',
          addressLine: '/demographics/home/line',
          city: '/demographics/home/city',
          state: '/demographics/home/state',
          postalCode: '/demographics/home/postalCode',
          payerName: '/insurance/carrier',
          memberId: '/insurance/subscriberId',
          groupNumber: '/insurance/group',
          coverageOrder: '/insurance/rank',
          coverageFrom: '/insurance/effective',
          diagnoses: '/dx',
        },
      },
      authorizations: {
        path: '/authorizations',
        items: '/results',
        paging: { kind: 'link', at: '/links/next' },
        fields: {
          recordNumber: number,
          number: '/authNumber',
          payerName: '/carrier',
          kind: '/request',
          status: '/state',
          from: '/start',
          to: '/end',
          visitsRequested: '/counts/asked',
          visitsApproved: '/counts/granted',
          unitsApproved: '/counts/grantedUnits',
          visitsUsed: '/counts/used',
          reason: '/reason',
        },
      },
      appointments: {
        path: '/visits',
        items: '/items',
        paging: { kind: 'cursor', parameter: 'after', at: '/meta/next', pageSize: 150 },
        since: { parameter: 'changedSince', value: '{instant}' },
        gone: { at: '/recordState', is: ['deleted'] },
        fields: {
          recordNumber: number,
          appointmentId: '/visit',
          date: day,
          time: '/clock',
          status: '/state',
          type: '/kind',
          units: '/units',
        },
      },
      notes: {
        path: '/notes',
        items: '/notes',
        fields: {
          recordNumber: number,
          noteId: '/note',
          date: day,
          kind: '/noteType',
          signedOn: '/signed',
          clinicianName: '/author/name',
          credential: '/author/credential',
        },
      },
      charges: {
        path: '/charges',
        paging: { kind: 'offset', pageSize: 100 },
        fields: {
          recordNumber: number,
          chargeId: '/line',
          date: day,
          code: '/cpt',
          modifiers: '/mods',
          units: '/units',
          amount: '/price',
        },
      },
      outcomes: {
        path: '/scores',
        fields: { recordNumber: number, measure: '/tool', score: '/points', date: day },
      },
    },
  };
}

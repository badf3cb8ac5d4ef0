// The one account that the simulated Twilio knows, its number and its messaging service.

export const sandboxAccount = `AC${'5'.repeat(32)}`;
export const sandboxNumber = '+13035550100';
export const sandboxService = `MG${'5'.repeat(32)}`;

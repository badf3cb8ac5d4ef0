/** `home`: state of one checkout; `cache`: what was downloaded, shared by the checkouts of one machine user. */
export interface Places {
  readonly home: string;
  readonly cache: string;
}
export const checkout: string;
export function placesOf(env: Readonly<Record<string, string | undefined>>, uid: number, folder?: string): Places;
export function places(): Places;

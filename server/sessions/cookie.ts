// The session cookie: its name, how it is set, how cookies are read.

export const sessionCookie = 'gait_session';

/** The header that sets the cookie: out of reach of scripts, never sent from another site. */
export function setCookie(token: string, options: { readonly secure: boolean; readonly seconds: number }): string {
  return `${sessionCookie}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${options.seconds}${options.secure ? '; Secure' : ''}`;
}

/** Cookies by name; the first of a name counts. */
export function readCookies(header: string | undefined): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at < 1) continue;
    const name = part.slice(0, at).trim();
    if (/^\w{1,40}$/.test(name) && !Object.hasOwn(cookies, name)) cookies[name] = part.slice(at + 1).trim();
  }
  return cookies;
}

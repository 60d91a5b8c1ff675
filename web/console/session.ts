/** The operator's token, stored only in this tab and only while it is open. */

const KEY = "taktwerk.token";

export const readToken = (): string | undefined => sessionStorage.getItem(KEY) ?? undefined;

export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(KEY);
}

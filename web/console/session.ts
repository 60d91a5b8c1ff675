/** The operator's token, kept for as long as this tab is open, and nowhere else. */

const KEY = "taktwerk.token";

export const readToken = (): string | undefined => sessionStorage.getItem(KEY) ?? undefined;

export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(KEY);
}

/** Whether a name is a time zone: of the IANA database, or a fixed offset such as `+05:45`. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

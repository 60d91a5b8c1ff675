/** The size of a text in bytes, as it is sent. */
export const byteLength = (text: string): number => new Blob([text]).size;

/** Of a text as it is sent. */
export const byteLength = (text: string): number => new Blob([text]).size;

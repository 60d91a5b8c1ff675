/** A formatted count with its noun: "1 run", "12 runs". */
export const counted = (count: string, one: string, many: string): string => `${count} ${count === "1" ? one : many}`;

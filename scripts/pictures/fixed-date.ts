/** Loaded before `npm start`: its clock starts at `PICTURES_DATE`, so that pictures change only with the code. */
const SystemDate = Date;
const offset = SystemDate.parse(process.env.PICTURES_DATE ?? "") - SystemDate.now();

globalThis.Date = class extends SystemDate {
  constructor(...args: unknown[]) {
    // @ts-expect-error The constructor takes any of several lists of arguments.
    super(...(args.length === 0 ? [SystemDate.now() + offset] : args));
  }

  static override now(): number {
    return SystemDate.now() + offset;
  }
} as DateConstructor;

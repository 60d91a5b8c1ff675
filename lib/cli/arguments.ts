import { type ParseArgsConfig, parseArgs } from "node:util";
import { AppError } from "../errors.ts";

/** The arguments of a command. @throws AppError `invalid-parameter` for what it does not take. */
export function argumentsIn<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new AppError("invalid-parameter", `${(error as Error).message.split(".")[0]}`);
  }
}

import { afterEach, beforeAll } from "vitest";
import { useClock } from "../../lib/time/clock.ts";

/** Every file and every test starts with the machine's clock, also where files share a process. */
beforeAll(() => useClock(Date.now));
afterEach(() => useClock(Date.now));

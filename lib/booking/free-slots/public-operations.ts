import { holdSlot, releaseHeldPlace } from "./hold-operations.ts";
import { listSlots } from "./list-slots.ts";

/** What customers may do with slots: find a free one, and hold it. */
export const operations = [listSlots, holdSlot, releaseHeldPlace];

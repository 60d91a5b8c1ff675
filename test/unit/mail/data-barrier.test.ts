import { describe, expect, it, vi } from "vitest";
import { DataBarrier } from "../../../lib/mail/delivery/data-barrier.ts";

/** Contents go out only after their mails are marked as handed over. */

const TAKEN_OVER = "another process has taken this mail over";

/** A barrier for so many mails, with the calls of its statement. */
function barrierFor(mails: number, marked: (ids: number[]) => Promise<Set<number>> = async (ids) => new Set(ids)) {
  const mark = vi.fn(marked);
  return { mark, barrier: new DataBarrier(mails, mark, 50) };
}

describe("a barrier", () => {
  it("waits for all mails of the batch and marks them in one statement", async () => {
    const { mark, barrier } = barrierFor(2);
    const first = barrier.pass(1);
    await Promise.resolve();
    expect(mark).not.toHaveBeenCalled();
    await Promise.all([first, barrier.pass(2)]);
    expect(mark.mock.calls).toEqual([[[1, 2]]]);
  });

  it("lets only those mails pass that were marked", async () => {
    const { barrier } = barrierFor(3, async () => new Set([2]));
    const passed = await Promise.allSettled([1, 2, 3].map((id) => barrier.pass(id)));
    expect(passed.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected"]);
    expect(passed[0]).toMatchObject({ reason: new Error(TAKEN_OVER) });
  });

  it("lets no mail pass before the mark is written", async () => {
    let write = () => {};
    const { barrier } = barrierFor(1, (ids) => new Promise((resolve) => (write = () => resolve(new Set(ids)))));
    const passed = vi.fn();
    const pass = barrier.pass(1).then(passed);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(passed).not.toHaveBeenCalled();
    write();
    await pass;
    expect(passed).toHaveBeenCalledOnce();
  });

  it("lets no mail pass if the mark cannot be written", async () => {
    const fault = new Error("connection terminated");
    const { barrier } = barrierFor(2, () => Promise.reject(fault));
    const passed = await Promise.allSettled([barrier.pass(1), barrier.pass(2)]);
    expect(passed).toEqual([
      { status: "rejected", reason: fault },
      { status: "rejected", reason: fault },
    ]);
  });

  it("does not wait for mails that failed earlier", async () => {
    const { mark, barrier } = barrierFor(3);
    const first = barrier.pass(1);
    barrier.leave();
    barrier.leave();
    await first;
    expect(mark.mock.calls).toEqual([[[1]]]);
  });

  it("does not wait for slow mails for long, and marks them when they arrive", async () => {
    const { mark, barrier } = barrierFor(2);
    await barrier.pass(1);
    await barrier.pass(2);
    expect(mark.mock.calls).toEqual([[[1]], [[2]]]);
  });
});

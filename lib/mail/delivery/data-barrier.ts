/** Well below the time that an SMTP connection may be silent (smtp-connection.ts): a waiting mail keeps its server waiting. */
const OPENS_AFTER_MS = 5_000;

/**
 * A barrier between the envelopes and the contents of a batch. Each mail waits here when the server is ready for its
 * content. When all other mails of the batch have arrived, failed earlier or taken too long, one statement marks the
 * arrived mails as handed over, and only then may their contents go out. If the process dies, an unmarked mail was
 * certainly not sent, and a marked mail may have been.
 */
export class DataBarrier {
  readonly #markHandedOver: (ids: number[]) => Promise<Set<number>>;
  readonly #opensAfterMs: number;
  readonly #arrived = new Map<number, { proceed: () => void; stop: (reason: unknown) => void }>();
  #expected: number;
  #timer: NodeJS.Timeout | undefined;

  /** @param markHandedOver Marks mails; returns the ids that this dispatcher still has a lease for. */
  constructor(mails: number, markHandedOver: (ids: number[]) => Promise<Set<number>>, opensAfterMs = OPENS_AFTER_MS) {
    this.#expected = mails;
    this.#markHandedOver = markHandedOver;
    this.#opensAfterMs = opensAfterMs;
  }

  /** Waits until the mail is marked as handed over. @throws if the lease of the mail is lost or the mark cannot be written. */
  pass(id: number): Promise<void> {
    return new Promise((proceed, stop) => {
      this.#arrived.set(id, { proceed, stop });
      this.#timer ??= setTimeout(() => this.#open(), this.#opensAfterMs);
      this.#openIfComplete();
    });
  }

  /** Tells the barrier that one mail failed before it got here. */
  leave(): void {
    this.#expected -= 1;
    this.#openIfComplete();
  }

  #openIfComplete(): void {
    if (this.#arrived.size > 0 && this.#arrived.size >= this.#expected) this.#open();
  }

  #open(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const arrived = new Map(this.#arrived);
    this.#arrived.clear();
    this.#expected -= arrived.size;
    this.#markHandedOver([...arrived.keys()]).then(
      (marked) => {
        for (const [id, { proceed, stop }] of arrived) {
          if (marked.has(id)) proceed();
          else stop(new Error("another process has taken this mail over"));
        }
      },
      (error: unknown) => {
        for (const { stop } of arrived.values()) stop(error);
      },
    );
  }
}

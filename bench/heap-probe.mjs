// Loaded beside a server: says how much it holds, after the garbage is gone, whenever its parent asks.
process.on("message", () => {
  globalThis.gc();
  process.send({ heapUsed: process.memoryUsage().heapUsed });
});
process.channel?.unref(); // whoever listens for this is no reason to stay

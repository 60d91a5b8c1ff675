// Loaded beside a server: says how much it holds, after the garbage is gone, or how long it has computed, when its parent asks.
process.on("message", (question) => {
  if (question === "cpu") {
    const { user, system } = process.cpuUsage();
    return process.send({ cpuMs: (user + system) / 1000 });
  }
  globalThis.gc();
  process.send({ heapUsed: process.memoryUsage().heapUsed });
});
process.channel?.unref(); // a listener must not keep the process alive

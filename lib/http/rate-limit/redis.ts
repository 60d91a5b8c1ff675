import type { RedisClientType } from "@redis/client";
import { describeError } from "../../errors.ts";
import { log } from "../../log.ts";

/** The one Redis client of this instance. */
let current: { url: string; client: Promise<RedisClientType> } | undefined;

/** Connects at first use, and reconnects when the connection is lost. @throws if it cannot connect. */
export function redisAt(url: string): Promise<RedisClientType> {
  if (current?.url !== url) {
    const client = connect(url);
    current = { url, client };
    client.catch(() => {
      if (current?.client === client) current = undefined;
    });
  }
  return current.client;
}

async function connect(url: string): Promise<RedisClientType> {
  // The module is CommonJS, so a bundle has it only as the default export.
  const { default: redis } = await import("@redis/client");
  let opened = false;
  const client: RedisClientType = redis.createClient({
    url,
    // Fail at once while disconnected: the request does not wait for the count.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 2_000,
      reconnectStrategy: (retries, cause) => (opened ? Math.min(100 * 2 ** retries, 5_000) : cause),
    },
  });
  client.on("error", (error: unknown) => log("warn", "redis_error", { error: describeError(error) }));
  await client.connect();
  opened = true;
  return client;
}

/** Closes the connection, if there is one. */
export async function closeRedis(): Promise<void> {
  const opened = current;
  current = undefined;
  await opened?.client.then(
    (client) => client.close(),
    () => {},
  );
}

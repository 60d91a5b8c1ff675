import { symmetricEncrypt } from "better-auth/crypto";
import { config } from "../../lib/config/config.ts";
import { type Db, transact } from "../../lib/db/db.ts";
import { authOn } from "../../lib/operators/auth.ts";
import { operatorCredentials, operatorSecondFactors, operators } from "../../lib/operators/schema.ts";
import { DEMO_ACCOUNTS, DEMO_PASSWORD, secretOf } from "./known-accounts.ts";

/**
 * Makes the accounts of the demo club, with their second factors set up. @returns how many there are.
 */
export async function seedAccounts(db: Db, now: Date): Promise<number> {
  const { consoleSecret: secret = "" } = config();
  const { password, secretConfig } = await authOn(db, { secret, isSecure: false }).$context;
  const hash = await password.hash(DEMO_PASSWORD);
  const encrypt = (data: string) => symmetricEncrypt({ key: secretConfig, data });
  const dates = { createdAt: now, updatedAt: now };
  const rows = await Promise.all(
    DEMO_ACCOUNTS.map(async ({ id, name, email, role, language }) => ({
      operator: { id, name, email, role, language, emailVerified: true, twoFactorEnabled: true, ...dates },
      credential: { id, accountId: id, providerId: "credential", userId: id, password: hash, ...dates },
      factor: { id, userId: id, secret: await encrypt(secretOf(id)), backupCodes: await encrypt("[]") },
    })),
  );
  await transact(db, async (tx) => {
    await tx.insert(operators).values(rows.map(({ operator }) => operator));
    await tx.insert(operatorCredentials).values(rows.map(({ credential }) => credential));
    await tx.insert(operatorSecondFactors).values(rows.map(({ factor }) => factor));
  });
  return rows.length;
}

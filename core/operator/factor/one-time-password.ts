import { createHmac, timingSafeEqual } from 'node:crypto';

/** How codes are made of a secret. */
export interface OneTimePasswordForm {
  readonly algorithm: 'sha1' | 'sha256' | 'sha512';
  readonly digits: 6 | 7 | 8;
  /** Seconds of one time step. */
  readonly periodSeconds: number;
}

/**
 * The form that every authenticator app has (RFC 6238 §1.2, §4). SHA-1 stands inside an HMAC here, where its collisions are of no
 * use to anybody.
 */
export const authenticatorForm: OneTimePasswordForm = { algorithm: 'sha1', digits: 6, periodSeconds: 30 };

/** Number of the time step in which `now` lies, counted from the Unix epoch (RFC 6238 §4.2, T0 = 0). */
export function timeStepAt(now: Date, { periodSeconds }: OneTimePasswordForm): number {
  return Math.floor(now.getTime() / 1000 / periodSeconds);
}

/** HOTP (RFC 4226 §5.3) over the counter, which for TOTP is the time step (RFC 6238 §4): decimal digits with leading zeros. */
export function oneTimePassword(secret: Uint8Array, counter: number, form: OneTimePasswordForm): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(form.algorithm, secret).update(message).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  const truncated = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(truncated % 10 ** form.digits).padStart(form.digits, '0');
}

/**
 * The time step whose code this is, among those at most `reach` away from `around`; null where it is none of them. All are computed,
 * so that how long it takes does not tell which one it was.
 */
export function findTimeStep(
  secret: Uint8Array,
  code: string,
  around: number,
  reach: number,
  form: OneTimePasswordForm,
): number | null {
  const typed = Buffer.from(code, 'utf8');
  let found: number | null = null;
  for (let step = Math.max(0, around - reach); step <= around + reach; step += 1) {
    const expected = Buffer.from(oneTimePassword(secret, step, form), 'utf8');
    if (typed.length === expected.length && timingSafeEqual(typed, expected)) found ??= step;
  }
  return found;
}

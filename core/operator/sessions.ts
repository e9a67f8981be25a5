import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import type { LoginOutput, OperatorId, OperatorView, SessionView } from '../../contract/schema/session.ts';
import { sha256Hex } from '../digest.ts';
import { viewOperator } from './account.ts';
import type { Account } from './account.ts';
import type { Authentication, OperatorPorts } from './authentication.ts';
import type { FactorUsed } from './factor/second-factor.ts';
import { findSessionEnd, viewSession } from './session.ts';
import type { SessionEnd, SessionLimits, SessionRecord } from './session.ts';
import { SigningAuthority } from './signing-authority.ts';
import { openSigningKey } from './signing-key.ts';

const TOKEN_LEN_BYTES = 32;
/** A session in whose name work begins by itself. */
export interface HeldSession {
  /** UTC; the session ends then whatever happens. */
  readonly endsAt: string;
  /** Refuses with `station.not-logged-in` or `operator.session-expired` once the session is over; its idle lock is no end. */
  readonly check: () => Result<OperatorView>;
}

/** Use is written down at most this often, so that a busy window does not sync the disk with every call. */
const TOUCH_EVERY_MS = 10_000;

/** Who is logged in: login, use, idle lock, logout, and the password entered again before a signature. */
export class Sessions {
  readonly #ports: OperatorPorts;
  readonly #authentication: Authentication;
  readonly #limits: SessionLimits;
  /** Rows of held sessions whose idle time ran out: nobody may use them any more, but what was begun in them goes on. */
  readonly #heldWhileIdle = new Map<string, SessionRecord>();
  readonly #held = new Set<string>();

  constructor(ports: OperatorPorts, authentication: Authentication, limits: SessionLimits) {
    this.#ports = ports;
    this.#authentication = authentication;
    this.#limits = limits;
  }

  /**
   * Refuses with `operator.login-refused`, `operator.throttled`, `operator.locked`, `operator.disabled` or, where the account has a second factor,
   * `operator.code-…`; all are audited here.
   */
  login(username: string, password: string, code: string | null = null): Promise<Result<LoginOutput>> {
    return this.#authentication.verify({ by: 'login', username }, { password, code }, (account, factor) => {
      const token = Buffer.from(this.#ports.randomBytes(TOKEN_LEN_BYTES)).toString('base64url');
      const now = this.#ports.clock.now().toISOString();
      const session = { tokenSha256: hashToken(token), operatorId: account.id, startedAt: now, lastUsedAt: now };
      this.#ports.repository.insertSession(session);
      this.#append('session.login', account, factor.kind === 'none' ? {} : { factor });
      return accept({ token, session: this.#view(session, account) });
    });
  }

  /**
   * The session of a token, whose idle time begins anew. Refuses with `station.not-logged-in` or
   * `operator.session-expired`; the latter is audited here, once.
   */
  use(token: string): Result<SessionView> {
    return this.#ports.transact(() => {
      const found = this.#find(token);
      return found.ok ? accept(this.#view(this.#touch(found.value.session), found.value.account)) : found;
    });
  }

  /** As {@link use}, but the idle time runs on: for what a window asks by itself. */
  inspect(token: string): Result<SessionView> {
    return this.#ports.transact(() => {
      const found = this.#find(token);
      return found.ok ? accept(this.#view(found.value.session, found.value.account)) : found;
    });
  }

  /**
   * Checks the password again, and the second factor where there is one, before a locked keyboard is given back, and opens no key. The session is the same afterwards, so that what it holds
   * stands. Failures count as at login. Refuses with `station.not-logged-in`, `operator.session-expired`,
   * `operator.password-wrong`, `operator.throttled`, `operator.locked` or `operator.disabled`, or as `useSecondFactor`.
   */
  async unlock(token: string, password: string, code: string | null = null): Promise<Result<SessionView>> {
    const session = this.use(token);
    if (!session.ok) return session;
    const { username } = session.value.operator;
    const verified = await this.#authentication.verify(
      { by: 're-authentication', username },
      { password, code },
      accept,
    );
    return verified.ok ? this.use(token) : verified;
  }

  /**
   * Holds the session for work that begins by itself at the bench, such as a standing order's. It stands until logout, the longest time of a
   * session, a clock that is set back, the end of the account or another password. The idle lock does **not** end it: that lock keeps
   * a keyboard that was left alone from other hands, and gives no more rights here, while the technician who plugs unit after unit in is at work
   * without touching it. What the order may start was fixed when its operator was last known to be there, and is bounded by the 12 h.
   *
   * Refuses with `station.not-logged-in` or `operator.session-expired`.
   */
  hold(token: string): Result<HeldSession> {
    return this.#ports.transact(() => {
      const found = this.#find(token);
      if (!found.ok) return found;
      const { session, account } = found.value;
      this.#held.add(session.tokenSha256);
      const { expiresAt: endsAt } = this.#view(session, account);
      return accept({ endsAt, check: () => this.#checkHeld(session.tokenSha256, account) });
    });
  }

  /** How many sessions of an operator stand open now. */
  countOpen(id: OperatorId): number {
    const now = this.#ports.clock.now();
    const sessions = this.#ports.repository.listSessionsOf(id);
    return sessions.filter((session) => findSessionEnd(session, this.#limits, now) === null).length;
  }

  /** Refuses with `station.not-logged-in` or `operator.session-expired`. */
  logout(token: string): Result<void> {
    return this.#ports.transact(() => {
      const found = this.#find(token);
      if (!found.ok) return found;
      this.#ports.repository.deleteSession(found.value.session.tokenSha256);
      this.#append('session.logout', found.value.account, {});
      return accept(undefined);
    });
  }

  /**
   * Checks the password again, and the second factor where there is one, and opens the operator's signing key for one signature (21 CFR 11.200 (a)(1)).
   * Failures count as at login. Refuses with `station.not-logged-in`, `operator.session-expired`,
   * `operator.password-wrong`, `operator.throttled`, `operator.locked`, `operator.disabled`, `operator.key-missing`
   * or `operator.key-damaged`, or as `useSecondFactor`.
   */
  async reauthenticate(token: string, password: string, code: string | null = null): Promise<Result<SigningAuthority>> {
    const session = this.use(token);
    if (!session.ok) return session;
    const { username } = session.value.operator;
    const verified = await this.#authentication.verify(
      { by: 're-authentication', username },
      { password, code },
      accept,
    );
    if (!verified.ok) return verified;
    const account = verified.value;
    if (account.signingKey === null) {
      const reason = `${account.printedName} has no signing key yet; it is made when the initial password is replaced.`;
      return refuse('operator.key-missing', reason, { operator: account.id });
    }
    const privateKey = await openSigningKey(account.signingKey, password, account.id);
    if (!privateKey.ok) return privateKey;
    const operator = viewOperator(account, this.#ports.clock.now(), this.#ports.factorRule);
    return accept(new SigningAuthority(operator, account.signingKey.publicKey, privateKey.value));
  }

  #find(token: string): Result<{ session: SessionRecord; account: Account }> {
    const { repository, clock } = this.#ports;
    const session = repository.findSession(hashToken(token));
    const account = session === null ? null : repository.findAccount(session.operatorId);
    if (session === null || account?.status !== 'active')
      return refuse('station.not-logged-in', 'Nobody is logged in; log in first.');
    const end = findSessionEnd(session, this.#limits, clock.now());
    if (end === null) return accept({ session, account });
    if (end === 'idle' && this.#held.has(session.tokenSha256)) this.#heldWhileIdle.set(session.tokenSha256, session);
    repository.deleteSession(session.tokenSha256);
    this.#append('session.expired', account, { why: end });
    return refuseExpired(end, this.#limits);
  }

  #checkHeld(tokenSha256: string, opened: Account): Result<OperatorView> {
    const { repository, clock } = this.#ports;
    const session = repository.findSession(tokenSha256) ?? this.#heldWhileIdle.get(tokenSha256);
    const account = repository.findAccount(opened.id);
    // Another password and other roles end sessions; one whose row the idle lock has removed already must not outlive that.
    const isSame =
      account?.status === 'active' &&
      account.passwordHash === opened.passwordHash &&
      account.roles.join() === opened.roles.join();
    if (session === undefined || !isSame) {
      return refuse('station.not-logged-in', `${opened.printedName} is not logged in any more.`);
    }
    const end = findSessionEnd(session, this.#limits, clock.now());
    return end === null || end === 'idle'
      ? accept(viewOperator(account, clock.now(), this.#ports.factorRule))
      : refuseExpired(end, this.#limits);
  }

  #touch(session: SessionRecord): SessionRecord {
    const now = this.#ports.clock.now();
    if (now.getTime() - Date.parse(session.lastUsedAt) < TOUCH_EVERY_MS) return session;
    const touched = { ...session, lastUsedAt: now.toISOString() };
    this.#ports.repository.touchSession(session.tokenSha256, touched.lastUsedAt);
    return touched;
  }

  #view(session: SessionRecord, account: Account): SessionView {
    return viewSession(session, viewOperator(account, this.#ports.clock.now(), this.#ports.factorRule), this.#limits);
  }

  #append(
    type: 'session.login' | 'session.logout' | 'session.expired',
    account: Account,
    data: { why?: SessionEnd; factor?: FactorUsed },
  ): void {
    const actor = { kind: 'operator', id: account.id, username: account.username } as const;
    this.#ports.audit.append({ type, actor, outcome: 'done', subject: { operator: account.id }, data });
  }
}

function hashToken(token: string): string {
  return sha256Hex(Buffer.from(token, 'utf8'));
}

function refuseExpired(end: SessionEnd, limits: SessionLimits): Refusal {
  const reasons: Readonly<Record<SessionEnd, string>> = {
    idle: `The session was not used for ${limits.idleMs / 60_000} min; log in again.`,
    absolute: `The session has lasted ${limits.absoluteMs / 3_600_000} h, the longest allowed; log in again.`,
    'clock-set-back': 'The clock of the station was set back since the session was last used; log in again.',
  };
  return refuse('operator.session-expired', reasons[end], { why: end });
}

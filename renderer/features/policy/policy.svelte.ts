import type { Refusal, Result } from '../../../contract/result.ts';
import type { PolicyView } from '../../../contract/schema/policy.ts';
import type { PolicyCheck, PolicyLine } from '../../../contract/schema/policy-change.ts';
import type { ChosenFile } from '../../../contract/window/file-purpose.ts';
import { call } from '../../bridge/call.ts';
import { takeDropped } from '../../bridge/drop.ts';

/** As many versions as the station gives at once. */
const mostVersions = 500;

/** A policy that somebody thinks of: where it comes from, and what it would change. */
export interface PolicyDraft {
  /** Name of its file; null for an earlier version of this station. */
  readonly fileName: string | null;
  readonly check: PolicyCheck;
}

/** The rules in force and all that were; and the draft, which stays while other places are visited. */
class Policies {
  lines = $state.raw<readonly PolicyLine[]>([]);
  /** `*`, or the product whose rules are shown. */
  product = $state('*');
  inForce = $state.raw<PolicyView | null>(null);
  /** The earlier version that is open. */
  version = $state.raw<PolicyView | null>(null);
  draft = $state.raw<PolicyDraft | null>(null);
  /** Why the rules change, as it is typed. */
  reason = $state('');
  refusal = $state.raw<Refusal | null>(null);
  draftRefusal = $state.raw<Refusal | null>(null);
  isRead = $state(false);
  isBusy = $state(false);
  #owner: string | null = null;

  /** Products with rules of their own, the rules for all others first. */
  get products(): readonly string[] {
    return [...new Set(this.lines.map(({ product }) => product))].sort();
  }

  /** Versions of the rules that are shown, newest first. */
  get versions(): readonly PolicyLine[] {
    return this.lines.filter(({ product }) => product === this.product);
  }

  /** Reads what is in force; another operator begins without the draft of the one before. */
  async open(operator: string | null): Promise<void> {
    if (operator !== this.#owner) {
      this.#owner = operator;
      this.discard();
      this.product = '*';
      this.isRead = false;
    }
    const listed = await call('policy.list', { limit: mostVersions });
    this.refusal = listed.ok ? null : listed;
    if (!listed.ok) return;
    this.lines = listed.value;
    if (!this.products.includes(this.product)) this.product = this.products[0] ?? '*';
    await this.show();
    this.isRead = true;
  }

  /** Reads the rules of the chosen product. */
  async show(): Promise<void> {
    const { product } = this;
    const shown = this.lines.length === 0 ? null : await call('policy.show', { product });
    if (product !== this.product) return;
    this.inForce = shown?.ok === true ? shown.value : null;
    this.refusal = shown?.ok === false ? shown : null;
  }

  async showVersion(digest: string): Promise<void> {
    this.version = null;
    const answer = await call('policy.version', { digest });
    this.refusal = answer.ok ? null : answer;
    if (answer.ok) this.version = answer.value;
  }

  /** Asks for a file, and the station what it would change. True where there is a draft now. */
  async chooseDraft(): Promise<boolean> {
    return await this.#check(await call('window.choose', { purpose: 'policy', several: false }));
  }

  /** The same for a file that was dropped on the window. */
  async dropDraft(files: readonly File[]): Promise<boolean> {
    return await this.#check(await takeDropped(files, 'policy'));
  }

  async #check(chosen: Result<readonly ChosenFile[]>): Promise<boolean> {
    const file = chosen.ok ? chosen.value[0] : undefined;
    this.draftRefusal = chosen.ok ? null : chosen;
    if (file === undefined) return !chosen.ok;
    this.isBusy = true;
    const answer = await call('policy.check', { path: file.ticket });
    this.isBusy = false;
    this.draftRefusal = answer.ok ? null : answer;
    this.draft = answer.ok ? { fileName: file.name, check: answer.value } : null;
    return true;
  }

  /** Makes a draft of an earlier version: it comes back the way by which it came. */
  async putBack({ document }: PolicyView): Promise<void> {
    const answer = await call('policy.check-draft', { text: JSON.stringify(document) });
    this.draftRefusal = answer.ok ? null : answer;
    this.draft = answer.ok ? { fileName: null, check: answer.value } : null;
  }

  /** Signs the draft as it was shown. Resolves to the refusal, or to null where it is in force now. */
  async install(password: string, code: string | null): Promise<Refusal | null> {
    if (this.draft === null) return null;
    const { document, digest } = this.draft.check;
    const text = JSON.stringify(document);
    const answer = await call('policy.install-draft', { text, digest, reason: this.reason.trim(), password, code });
    if (!answer.ok) return answer;
    this.product = document.product;
    this.discard();
    return null;
  }

  discard(): void {
    this.draft = null;
    this.draftRefusal = null;
    this.reason = '';
  }
}

export const policies = new Policies();

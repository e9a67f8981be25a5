import type { Refusal } from '../../../contract/result.ts';
import type { TrustInspection } from '../../../contract/schema/trust-inspection.ts';
import { onNextOperator } from '../../app/next-operator.ts';
import { call } from '../../bridge/call.ts';
import { digitsOf } from '../../design/typed-fingerprint.ts';
import { refreshTrust } from '../../station/trust.svelte.ts';
import { productsOf } from './typed-products.ts';

/** What somebody is about to pin; stays while the drawer is closed. */
class Pinning {
  inspection = $state.raw<TrustInspection | null>(null);
  fileName = $state('');
  label = $state('');
  products = $state('');
  typed = $state('');
  refusal = $state.raw<Refusal | null>(null);
  isBusy = $state(false);

  get fingerprint(): string {
    if (this.inspection === null) return '';
    return this.inspection.kind === 'certificate' ? this.inspection.fingerprintSha256 : this.inspection.keySha256;
  }

  get mayPin(): boolean {
    const { inspection } = this;
    if (inspection === null || inspection.isPinned || inspection.warnings.length > 0) return false;
    return (
      this.label.trim() !== '' && productsOf(this.products).length > 0 && digitsOf(this.typed) === this.fingerprint
    );
  }

  /** Asks for a file, and the station what it is. */
  async choose(): Promise<void> {
    const chosen = await call('window.choose', { purpose: 'certificate', several: false });
    const file = chosen.ok ? chosen.value[0] : undefined;
    this.refusal = chosen.ok ? null : chosen;
    if (file === undefined) return;
    const answer = await call('trust.inspect', { path: file.ticket });
    this.fileName = file.name;
    this.refusal = answer.ok ? null : answer;
    this.inspection = answer.ok ? answer.value : null;
    // What was typed was of another file.
    this.typed = '';
  }

  /** True where it is pinned now. */
  async pin(): Promise<boolean> {
    const { inspection, typed: typedFingerprint } = this;
    if (inspection === null || !this.mayPin || this.isBusy) return false;
    this.isBusy = true;
    const scope = { label: this.label.trim(), products: productsOf(this.products), typedFingerprint };
    const answer =
      inspection.kind === 'certificate'
        ? await call('trust.pin-anchor', { certificate: inspection.pem, ...scope })
        : await call('trust.pin-image-key', { publicKey: inspection.pem, ...scope });
    this.isBusy = false;
    this.refusal = answer.ok ? null : answer;
    if (answer.ok) {
      this.forget();
      await refreshTrust();
    }
    return answer.ok;
  }

  forget(): void {
    this.inspection = null;
    this.refusal = null;
    this.fileName = this.label = this.products = this.typed = '';
  }
}

export const pinning = new Pinning();

onNextOperator(() => pinning.forget());

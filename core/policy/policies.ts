import * as v from 'valibot';
import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { PolicyDocument } from '../../contract/schema/policy.ts';
import type { PolicyView } from '../../contract/schema/policy.ts';
import type { PolicyLine } from '../../contract/schema/policy-change.ts';
import type { Sha256Hex } from '../digest.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Clock, Transact } from '../ports.ts';
import { parsePolicy } from './policy-document.ts';
import type { PolicyEvent } from './policy-event.ts';
import type { PolicyRepository, PolicyVersion } from './repository.ts';
import { signPolicy, type PolicyAct } from './sign-policy.ts';

export interface PolicyPorts {
  readonly repository: PolicyRepository;
  /** Called inside the transaction of the change. */
  readonly audit: { append(event: PolicyEvent): unknown };
  readonly transact: Transact;
  readonly clock: Clock;
}

/** The policies in force. Installing one is the only change; earlier versions stay, for the reports that name them. */
export class Policies {
  readonly #ports: PolicyPorts;

  constructor(ports: PolicyPorts) {
    this.#ports = ports;
  }

  /**
   * Puts a policy in force for its product, signed by whoever does it; `act` is null where the station installs its default.
   * The caller has checked the permission `policy.manage`. Refuses with `policy.document-invalid`.
   */
  install(bytes: Uint8Array, act: PolicyAct | null): Result<PolicyView> {
    const policy = parsePolicy(bytes);
    if (!policy.ok) return policy;
    const { document, digest } = policy.value;
    const { repository, audit, transact, clock } = this.#ports;
    const operator = act?.signer.operator ?? null;
    return transact(() => {
      const replaced = repository.latestPolicy(document.product)?.digest ?? null;
      const version: PolicyVersion = {
        digest,
        product: document.product,
        document: canonicalJson(document),
        installedAt: (act?.at ?? clock.now()).toISOString(),
        installedBy: operator?.id ?? null,
      };
      repository.insertPolicy(version);
      audit.append({
        type: 'policy.installed',
        actor:
          operator === null ? { kind: 'station' } : { kind: 'operator', id: operator.id, username: operator.username },
        outcome: 'done',
        subject: {},
        data: {
          product: document.product,
          digest,
          replaced,
          ...(act === null
            ? {}
            : { reason: act.reason, signature: signPolicy(act, { product: document.product, digest, replaced }) }),
        },
      });
      return accept(viewPolicy(version));
    });
  }

  /** Every version that was installed, newest first. */
  list(limit: number): readonly Omit<PolicyLine, 'installedByName'>[] {
    const { repository } = this.#ports;
    const seen = new Set<string>();
    return repository.listPolicies(limit).map(({ product, digest, installedAt, installedBy }) => {
      const inForce = !seen.has(product);
      seen.add(product);
      return { product, digest, installedAt, installedBy, inForce };
    });
  }

  /** A version that is or was in force, as it was installed first. Refuses with `policy.not-installed`. */
  findVersion(digest: Sha256Hex): Result<PolicyView> {
    const version = this.#ports.repository.findPolicy(digest);
    if (version !== null) return accept(viewPolicy(version));
    return refuse('policy.not-installed', `No policy with the digest ${digest} was ever installed at this station.`, {
      digest,
    });
  }

  /** A policy that is or was in force; null where none with this digest was ever installed. */
  findInstalled(digest: Sha256Hex): PolicyDocument | null {
    const version = this.#ports.repository.findPolicy(digest);
    return version === null ? null : viewPolicy(version).document;
  }

  /** The product's own policy, else the one for every product. Refuses with `policy.missing`. */
  findFor(product: string): Result<PolicyView> {
    const { repository } = this.#ports;
    const version = repository.latestPolicy(product) ?? repository.latestPolicy('*');
    if (version !== null) return accept(viewPolicy(version));
    const reason = `No policy is installed for the product ${product}, nor one for all products; an administrator installs one.`;
    return refuse('policy.missing', reason, { product });
  }
}

/** What was stored had been checked; a document that no longer fits is a bug of ours and throws. */
function viewPolicy({ digest, document, installedAt, installedBy }: PolicyVersion): PolicyView {
  return { digest, document: v.parse(PolicyDocument, JSON.parse(document)), installedAt, installedBy };
}

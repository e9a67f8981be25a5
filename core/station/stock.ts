import { BundleStore } from '../bundle/bundle-store.ts';
import { receiveDocumentsInWorker } from '../bundle/documents/document-thread.ts';
import { ImageThread } from '../bundle/images/image-thread.ts';
import type { ImportPorts } from '../bundle/import-ports.ts';
import { createQuarantine } from '../bundle/quarantine.ts';
import { createBundleRepository } from '../storage/bundle-repository.ts';
import { createClockWatch } from '../storage/clock-watch.ts';
import { createTrustPackageRepository } from '../storage/trust-package-repository.ts';
import { createTrustRepository } from '../storage/trust-repository.ts';
import { createAdoptedPackages } from '../trust/package/adopted-packages.ts';
import type { TrustPackageRepository } from '../trust/package/repository.ts';
import { TrustChanges } from '../trust/package/trust-changes.ts';
import type { ClockWatch } from '../trust/time-floor.ts';
import { TrustStore } from '../trust/trust-store.ts';
import { createProductRules, createSignatureVerifier } from './bundle-trust.ts';
import type { RoomContext } from './room-context.ts';
import type { Rulebook } from './rulebook.ts';
import { createTrustedNow } from './trusted-now.ts';
import { stationVersion } from './version.ts';

/** What is trusted, and the bundles that were found to be. */
export interface Stock {
  readonly trust: TrustStore;
  readonly trustPackages: TrustPackageRepository;
  readonly trustChanges: TrustChanges;
  readonly clockWatch: () => ClockWatch | null;
  readonly importPorts: ImportPorts;
}

/** Also clears what a crash left behind: half-copied imports, and contents that no bundle names. */
export function createStock(context: RoomContext, { policies }: Rulebook): Stock {
  const { records, connection, clock, randomBytes, dataFolder } = context;
  const trustPackages = createTrustPackageRepository(connection);
  const adopted = createAdoptedPackages(trustPackages);
  const trust = new TrustStore(createTrustRepository(connection), adopted);
  const { log: audit, transact, stationId } = records;
  const trustChanges = new TrustChanges({
    repository: trustPackages,
    adopted,
    store: trust,
    audit,
    transact,
    stationId,
  });
  const clockWatch = createClockWatch(connection);
  const bundles = createBundleRepository(connection);
  const store = new BundleStore(dataFolder);
  const quarantine = createQuarantine(dataFolder, randomBytes);
  quarantine.empty();
  store.collectOrphans((sha256) => bundles.isReferenced(sha256));
  const importPorts: ImportPorts = {
    store,
    quarantine,
    bundles,
    audit,
    transact,
    trustedNow: createTrustedNow({ clock, trust, log: audit, clockWatch }),
    verifySignature: createSignatureVerifier(trust),
    rulesFor: createProductRules(trust, policies),
    stationVersion,
    startReceiver: () => new ImageThread(),
    receiveDocuments: receiveDocumentsInWorker,
  };
  return { trust, trustPackages, trustChanges, clockWatch, importPorts };
}

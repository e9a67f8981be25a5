import type { OperationName } from '../operations.ts';
import type { FilePurpose } from './file-purpose.ts';

/**
 * Inputs of the station's operations that hold a path, and for what it must have been chosen. In these fields the window sends a
 * ticket; `*` stands for every element of a list. A test holds this against the inputs' schemas.
 */
export const pathFields: { readonly [N in OperationName]?: Readonly<Record<string, FilePurpose>> } = {
  'bundle.import': { path: 'bundle' },
  'bundle.export-document': { folder: 'export-folder' },
  'trust.import-crl': { path: 'crl' },
  'trust.propose': { 'packages.*.document': 'trust-package', 'packages.*.signature': 'trust-signature' },
  'trust.inspect': { path: 'certificate' },
  'policy.install': { path: 'policy' },
  'policy.check': { path: 'policy' },
  'audit.compare': { path: 'checkpoint' },
  'audit.inspect-key': { path: 'verifier-key' },
  'audit.request-cosignature': { folder: 'export-folder' },
  'audit.cosign': { path: 'witness-request', folder: 'export-folder' },
  'audit.add-cosignature': { path: 'checkpoint' },
  'audit.export-checkpoint': { folder: 'export-folder' },
  'audit.export-event': { folder: 'export-folder' },
  'report.export': { folder: 'export-folder' },
  'report.period': { folder: 'export-folder' },
  'report.verify': { path: 'report' },
  'trust.export-files': { folder: 'export-folder' },
};

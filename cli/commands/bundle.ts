import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { BundleView } from '../../contract/schema/bundle.ts';
import type { ApprovalStatement } from '../../contract/schema/policy.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { expectGivenFile, makeGivenFolder } from '../given-file.ts';
import { readPlace } from '../option-value.ts';
import { describeApprovalState } from '../terminal/describe-approval-state.ts';
import { describeDocument } from '../terminal/describe-documents.ts';
import { describeBroughtProfile, describeMissing, describeStanding } from '../terminal/describe-profiles.ts';
import { printable } from '../terminal/printable.ts';
import { groupedDigest, localTime, mark, shortDigest } from '../terminal/style.ts';
import { addBundleMaking } from './bundle-making.ts';
import { addBundleTimestamping } from './bundle-timestamp.ts';
import { addBundleComparison } from './compare-bundles.ts';
import { findBundle } from './find-bundle.ts';
import { importBundle } from './import-bundle.ts';

/** bundle import, list, show, compare, export-document; and for those who make bundles: create, sign, inspect. */
export function addBundle(program: Command): void {
  const bundle = program.command('bundle').description('firmware bundles: import them, or make them');

  bundle
    .command('import')
    .argument('<file>', 'the bundle, as its vendor handed it over')
    .description('verify a bundle and take it into the store; a refused one leaves nothing but its audit event')
    .option(
      '--base-from <place>',
      'read the base of a delta from the unit there, which restarts, if the store lacks it',
      readPlace,
    )
    .action(async (file: string, { baseFrom }: { baseFrom?: string }, command: Command) => {
      expectGivenFile(file);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const imported = await importBundle(run, file, baseFrom);
        run.print(imported, () => {
          const first = imported.alreadyPresent
            ? 'was imported before; nothing changed'
            : 'is verified and in the store';
          return `${mark.passed()} The bundle ${first}.\n${describeBundle(imported.bundle)}`;
        });
      });
    });

  bundle
    .command('list')
    .description('imported bundles, newest first')
    .action(async (_options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const bundles = await run.call('bundle.list', {});
        run.print(bundles, () =>
          bundles.length === 0
            ? 'No bundle is imported yet. Import one with: drydock bundle import <file>'
            : bundles
                .map(
                  ({ digest, manifest }) =>
                    `${shortDigest(digest)}  ${printable(manifest.product.name)}  ${printable(manifest.release.name)}`,
                )
                .join('\n'),
        );
      });
    });

  bundle
    .command('show')
    .argument('<digest>', 'its digest, or at least the first 6 digits')
    .description('an imported bundle, and who approved it')
    .action(async (prefix: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const shown = await findBundle(run, prefix);
        const approvals = await run.call('approval.list', { bundleDigest: shown.digest });
        const profiles = await listBroughtProfiles(run, shown);
        const [state] = await run.call('approval.state', { kind: 'install', bundleDigests: [shown.digest] });
        run.print(shown, () =>
          [
            describeBundle(shown),
            ...profiles,
            ...approvals.map(describeApproval),
            ...(state === undefined ? [] : [`  ${describeApprovalState(state)}`]),
          ].join('\n'),
        );
      });
    });

  bundle
    .command('export-document')
    .argument('<digest>', 'the bundle: its digest, or at least the first 6 digits')
    .argument('<name>', 'the document, as drydock bundle show lists it')
    .argument('<folder>', 'where to; a file that is there already is not overwritten')
    .description('read a document out of an imported bundle, once its digest was checked again')
    .action(async (prefix: string, name: string, folder: string, _options: object, command: Command) => {
      makeGivenFolder(folder);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { digest } = await findBundle(run, prefix);
        const file = name.startsWith('documents/') ? name : `documents/${name}`;
        const written = await run.call('bundle.export-document', { digest, file, folder: resolve(folder) });
        run.print(
          written,
          () => `${mark.passed()} ${written.path} has the manifest's digest ${groupedDigest(written.sha256)}.`,
        );
      });
    });

  addBundleComparison(bundle);
  addBundleMaking(bundle);
  addBundleTimestamping(bundle);
}

/** The bundle's profiles as the station reads them now, and whether they count. */
async function listBroughtProfiles(run: CommandRun, { digest, manifest }: BundleView): Promise<string[]> {
  if (manifest.profiles === undefined) return [];
  const known = await run.call('device.profiles', {});
  return known
    .filter(({ bundle }) => bundle?.digest === digest)
    .flatMap((profile) => [
      ...describeBroughtProfile(profile.file, profile),
      ...describeMissing(profile),
      ...(profile.bundle === null ? [] : [`           ${describeStanding(profile.bundle)}`]),
    ]);
}

function describeApproval({ operator, kind, scope, meaning, expiresAt }: ApprovalStatement): string {
  const units = scope.serials === '*' ? 'every unit' : scope.serials.join(', ');
  const workOrder = scope.workOrder === null ? '' : `, ${scope.workOrder}`;
  return `  approval ${operator.printedName}: "${meaning}" (${kind}, ${units}${workOrder}), until ${localTime(expiresAt)}`;
}

function describeBundle({ digest, manifest, signers, importedAt }: BundleView): string {
  const { product, release, issued, expires, images, documents = [], profiles = [] } = manifest;
  return [
    `  ${printable(product.name)} (${product.id}), release ${printable(release.name)}, change ${printable(release.changeControl)}`,
    `  digest   ${groupedDigest(digest)}`,
    `  issued   ${localTime(issued)}, expires ${localTime(expires)}; imported ${localTime(importedAt)}`,
    ...images.map(
      (image) =>
        `  image    ${image.file}, version ${image.version}, ${image.len} bytes, for ${image.compat.join(', ')}`,
    ),
    ...documents.map((document) => `  document ${describeDocument(document)}`),
    ...profiles.map(({ file, hash }) => `  profile  ${file}  ${shortDigest(hash)}`),
    ...signers.flatMap(({ subject, notAfter, timestamp }) => [
      `  signed   ${subject}, certificate until ${localTime(notAfter)}`,
      ...(timestamp === undefined ? [] : [`  stamped  ${localTime(timestamp.time)} by ${timestamp.authority}`]),
    ]),
  ].join('\n');
}

import type { Command } from 'commander';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { describeComparison, describeComponents, describeInstalled } from '../terminal/describe-comparison.ts';
import { findBundle } from './find-bundle.ts';

/** bundle compare: what changes from what is installed, and from another bundle. */
export function addBundleComparison(bundle: Command): void {
  bundle
    .command('compare')
    .argument('<digest>', 'the bundle: its digest, or at least the first 6 digits')
    .argument(
      '[against]',
      'another bundle of the product; left out, the one that most units run, or the one imported before',
    )
    .description('what changes from what units run, and from another bundle: images, components of the SBOM, documents')
    .action(async (digest: string, against: string | undefined, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const shown = await findBundle(run, digest);
        const installed = await run.call('bundle.installed', { digest: shown.digest });
        const other = against === undefined ? installed.suggested : (await findBundle(run, against)).digest;
        const pair = other === null ? null : { digest: shown.digest, against: other };
        const comparison = pair && (await run.call('bundle.compare', pair));
        const components = await run.call('bundle.components', { digest: shown.digest, against: other });
        run.print({ installed, comparison, components }, () =>
          [
            ...describeInstalled(installed),
            ...(comparison === null
              ? ['There is no other bundle of this product to compare with.']
              : describeComparison(comparison)),
            ...describeComponents(components),
          ].join('\n'),
        );
      });
    });
}

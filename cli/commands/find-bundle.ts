import type { BundleView } from '../../contract/schema/bundle.ts';
import type { CommandRun } from '../command-run.ts';
import { UsageError } from '../usage-error.ts';

/** The one imported bundle whose digest begins so; spaces are ignored, so that a printed digest can be pasted. */
export async function findBundle(run: CommandRun, typed: string): Promise<BundleView> {
  const prefix = typed.replaceAll(/\s/g, '').toLowerCase();
  if (!/^[0-9a-f]{6,64}$/.test(prefix)) {
    throw new UsageError(
      `"${typed}" is not a digest; give at least its first 6 hexadecimal digits (drydock bundle list).`,
    );
  }
  const matching = (await run.call('bundle.list', {})).filter(({ digest }) => digest.startsWith(prefix));
  const [found] = matching;
  if (found === undefined)
    throw new UsageError(`No imported bundle's digest begins with ${prefix}; drydock bundle list shows them.`);
  if (matching.length > 1)
    throw new UsageError(`${matching.length} imported bundles begin with ${prefix}; give more digits.`);
  return found;
}

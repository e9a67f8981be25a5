import type { Permission } from '../../contract/permission.ts';
import type { LatePart } from '../app/late-part.svelte.ts';
import type { IconName } from '../design/icon-paths.ts';
import type { Keys } from '../keyboard/keys.ts';
import type { Words } from '../words/words.ts';

/** A place of the window: one folder, one line in table.ts. */
export interface Feature {
  /** First part of its route: `#/bench`. */
  readonly id: string;
  readonly icon: IconName;
  readonly title: Words;
  /** Works anywhere in the frame. */
  readonly keys: Keys;
  /** Who sees it; null: every operator. The core checks each operation itself: this only spares people what is not theirs. */
  readonly permission: Permission | null;
  /** What stands behind the id in the route, e.g. the job that is open, it reads from `route().rest`. */
  readonly screen: LatePart<Record<string, never>>;
}

import { LatePart } from '../../app/late-part.svelte.ts';
import type { Feature } from '../feature.ts';
import { placeTitles } from '../place-titles.ts';

export const settings: Feature = {
  id: 'settings',
  icon: 'settings',
  title: placeTitles.settings,
  keys: 'Mod+,',
  permission: null,
  screen: new LatePart(() => import('./SettingsScreen.svelte')),
};

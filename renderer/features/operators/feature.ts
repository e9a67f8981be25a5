import type { Feature } from '../feature.ts';
import Screen from './OperatorsScreen.svelte';
import { operatorsWords } from './words.ts';

export const operators: Feature = {
  id: 'operators',
  icon: 'operators',
  title: operatorsWords.title,
  keys: 'Mod+7',
  permission: 'operator.manage',
  screen: Screen,
};

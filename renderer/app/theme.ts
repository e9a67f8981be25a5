import type { Preferences } from '../../contract/window/window-operations.ts';

const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
const prefersContrast = window.matchMedia('(prefers-contrast: more)');
let wanted: Preferences['theme'] = 'system';

/** `reduced`: nothing moves, also where the machine has no such wish. */
export function setMotion(motion: Preferences['motion']): void {
  document.documentElement.dataset['motion'] = motion;
}

/** Light, dark or high contrast; `system` follows the machine, also when it changes. */
export function setTheme(theme: Preferences['theme']): void {
  wanted = theme;
  apply();
}

function apply(): void {
  const root = document.documentElement.dataset;
  const followsSystem = wanted === 'system' || wanted === 'high-contrast';
  root['theme'] = followsSystem ? (prefersDark.matches ? 'dark' : 'light') : wanted;
  const isHigh = wanted === 'high-contrast' || (wanted === 'system' && prefersContrast.matches);
  root['contrast'] = isHigh ? 'more' : 'normal';
}

prefersDark.addEventListener('change', apply);
prefersContrast.addEventListener('change', apply);

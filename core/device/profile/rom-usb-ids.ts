/** USB ids of boot loaders in the ROM of parts, as their vendors publish them: each is that of all products around the part. */
const romLoaders: Readonly<Record<string, string>> = {
  '0483:df11': 'STM32',
  '28e9:0189': 'GD32',
  '2e3c:df11': 'AT32',
  '314b:0106': 'APM32',
};

/** The family of parts whose ROM boot loader has this USB id (`0483:df11`); null for any other id. */
export function findRomLoader(usbId: string): string | null {
  return Object.hasOwn(romLoaders, usbId) ? (romLoaders[usbId] ?? null) : null;
}

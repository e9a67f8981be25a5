/** Chromium knows no scheme of ours: `app://drydock` is `https://drydock.app.invalid` there, a name that no server can ever have. */
export function toChromium(address: string): string {
  return address.replace(/^app:\/\/([^/?#]+)/, 'https://$1.app.invalid');
}

export function fromChromium(address: string): string {
  return address.replace(/^https:\/\/([^/?#.]+)\.app\.invalid/, 'app://$1');
}

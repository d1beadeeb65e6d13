const NUMBER = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const V4 = new RegExp(`^${NUMBER}(?:\\.${NUMBER}){3}$`);
/** No proof, but nothing else that people type looks like it: hex groups and at least two colons. */
const V6 = /^(?=(?:[^:]*:){2})[0-9a-f:]{2,39}$/i;

/** Whether it is a whole IP address. */
export function isAddress(text: string): boolean {
  return V4.test(text) || V6.test(text);
}

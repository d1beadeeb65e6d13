import type { Command } from '../../../src/chat/command/command.ts';

type Scan = Extract<Command, { readonly name: 'scan' }>;
export type Phrasing = readonly [text: string, command: Command];

export function scan(device?: string, type?: Scan['type'], reason?: string): Command {
  return { name: 'scan', device, type, reason };
}
export function status(device?: string): Command {
  return { name: 'status', device };
}
export function cancel(device?: string): Command {
  return { name: 'cancel', device };
}
export function history(device?: string): Command {
  return { name: 'history', device };
}
export function watch(device?: string): Command {
  return { name: 'watch', device };
}
export function report(span: '24h' | '7d' | '30d' = '7d', csv = false): Command {
  return { name: 'report', span, csv };
}
export function why(device?: string): Command {
  return { name: 'why', device };
}
export function pause(reason?: string): Command {
  return { name: 'pause', reason };
}
export const resume: Command = { name: 'resume' };
export function help(guess?: string): Command {
  return { name: 'help', guess };
}
export function language(wanted?: string): Command {
  return { name: 'language', wanted };
}
export const myScans: Command = { name: 'my-scans' };
export const signOut: Command = { name: 'sign-out' };
export const tellHere: Command = { name: 'tell-here' };
export const tellThere: Command = { name: 'tell-there' };

const ID = '1e5bc9d7e413ddd7902c2932e418702b84d0cc07';
const FQDN = 'fin-laptop-07.contoso.com';

export const SCANS: readonly Phrasing[] = [
  [`scan full ${FQDN} because alert 3212`, scan(FQDN, 'Full', 'alert 3212')],
  [`scan quick ${ID} because alert 3212`, scan(ID, 'Quick', 'alert 3212')],
  [`SCAN FULL FIN-07 BECAUSE Alert 3212`, scan('FIN-07', 'Full', 'Alert 3212')],
  ['  scan \n full\tfin-07   because   alert 3212  ', scan('fin-07', 'Full', 'alert 3212')],
  ['run a quick scan on fin-07', scan('fin-07', 'Quick')],
  ['start full scan of fin-07', scan('fin-07', 'Full')],
  ['quick scan fin-07', scan('fin-07', 'Quick')],
  ['full scan fin-07', scan('fin-07', 'Full')],
  ['fullscan fin-07', scan('fin-07', 'Full')],
  ['quick-scan fin-07', scan('fin-07', 'Quick')],
  ['complete scan of fin-07', scan('fin-07', 'Full')],
  ['do a full antivirus scan for device fin-07 due to ticket 9', scan('fin-07', 'Full', 'ticket 9')],
  ['scan fin-07 full because it beeps', scan('fin-07', 'Full', 'it beeps')],
  ['scan fin-07 because of alert 3212', scan('fin-07', undefined, 'alert 3212')],
  ['scan fin-07 for alert 3212', scan('fin-07', undefined, 'alert 3212')],
  ['run a scan for fin-07 because alert 3212', scan('fin-07', undefined, 'alert 3212')],
  ['run a scan for fin-07 for alert 3212', scan('fin-07', undefined, 'alert 3212')],
  ['scan full fin-07: alert 3212', scan('fin-07', 'Full', 'alert 3212')],
  ['scan full fin-07 : alert 3212', scan('fin-07', 'Full', 'alert 3212')],
  ['scan full fin-07:alert 3212', scan('fin-07', 'Full', 'alert 3212')],
  ['scan fin-07 full: alert 3212', scan('fin-07', 'Full', 'alert 3212')],
  ['scan fin-07: because alert 3212', scan('fin-07', undefined, 'alert 3212')],
  ['scan fin-07 because: alert 3212', scan('fin-07', undefined, 'alert 3212')],
  ['scan full fin-07 - alert 3212', scan('fin-07', 'Full', 'alert 3212')],
  ['scan full fin-07 – alert 3212', scan('fin-07', 'Full', 'alert 3212')],
  ['scan full fin-07 — alert 3212', scan('fin-07', 'Full', 'alert 3212')],
  ['scan full fin-07—alert 3212', scan('fin-07', 'Full', 'alert 3212')],
  ['scan fin-07 - full because alert 3212', scan('fin-07', 'Full', 'alert 3212')],
  ['scan fin-07 - full disk', scan('fin-07', undefined, 'full disk')],
  ['scan fin-07: full', scan('fin-07', 'Full')],
  ['scan full fin-07, because alert 3212', scan('fin-07', 'Full', 'alert 3212')],
  ['scan full fin-07,because alert 3212', scan('fin-07', 'Full', 'alert 3212')],
  ['scan device: fin-07, type: full, reason: alert 3212', scan('fin-07', 'Full', 'alert 3212')],
  ['scan fin-07 with comment alert 3212', scan('fin-07', undefined, 'alert 3212')],
  ['please scan fin-07', scan('fin-07')],
  ['can you please run a full scan on the laptop fin-07 now? thanks!', scan('fin-07', 'Full')],
  ['Could you scan fin-07 for me please', scan('fin-07')],
  ['hi bot, quickly scan fin-07 asap', scan('fin-07')],
  ['Hey! I would like to start a new full scan on fin-07.', scan('fin-07', 'Full')],
  ["let's scan fin-07 again", scan('fin-07')],
  ['/scan fin-07', scan('fin-07')],
  ['scan: fin-07', scan('fin-07')],
  ['scan "fin-07" full', scan('fin-07', 'Full')],
  ['scan “fin-07” full', scan('fin-07', 'Full')],
  ['scan „fin-07“ full', scan('fin-07', 'Full')],
  ['scan ‘fin-07’ full', scan('fin-07', 'Full')],
  ["scan 'Anna's PC' because alert 3212", scan("Anna's PC", undefined, 'alert 3212')],
  ['scan `fin-07` full', scan('fin-07', 'Full')],
  ['scan ```fin-07``` full', scan('fin-07', 'Full')],
  ['scan "the one because of whom: we – ask" full', scan('the one because of whom: we – ask', 'Full')],
  ['scan "full"', scan('full')],
  ['scan "server" because alert 3212', scan('server', undefined, 'alert 3212')],
  ['scan server because alert 3212', scan('server', undefined, 'alert 3212')],
  ['scan device Server because alert 3212', scan('Server', undefined, 'alert 3212')],
  ['scan the server because alert 3212', scan(undefined, undefined, 'alert 3212')],
  ["scan Anna's laptop", scan()],
  ['scan server fin-07', scan('fin-07')],
  ['scan full-time-pc', scan('full-time-pc')],
  ['scan quick.contoso.com', scan('quick.contoso.com')],
  ['scan list-01 full', scan('list-01', 'Full')],
  [`scan ${FQDN}.`, scan(FQDN)],
  ['scan fin_07!', scan('fin_07')],
  ['full scan of fin-07?', scan('fin-07', 'Full')],
  ['scan full fin-07...', scan('fin-07', 'Full')],
  ['scan (fin-07)', scan('fin-07')],
  ['scan **fin-07**', scan('fin-07')],
  ['scan CONTOSO\\fin-07', scan('fin-07')],
  [String.raw`scan \\fin-07`, scan('fin-07')],
  [`scan https://${FQDN}/ because alert 3212`, scan(FQDN, undefined, 'alert 3212')],
  [`scan http://me@${FQDN}:8443/a?b=c#d: alert 3212`, scan(FQDN, undefined, 'alert 3212')],
  [`scan <a href="http://${FQDN}" title="x">${FQDN}</a> because alert 3212`, scan(FQDN, undefined, 'alert 3212')],
  [`scan [${FQDN}](http://${FQDN}) because alert 3212`, scan(FQDN, undefined, 'alert 3212')],
  ['scan fin-07 fin-08', scan('fin-07')],
  ['scan 10.0.0.5', scan('10.0.0.5')],
  ['scan büro-pc', scan('büro-pc')],
  ['scan 😀 fin-07', scan('fin-07')],
  ['scan quick or full fin-07', scan('fin-07')],
  ['scan the infected laptop fin-07 full', scan('fin-07', 'Full')],
  ['scan full for the server because alert 3212', scan(undefined, 'Full', 'alert 3212')],
  ['scan for the server', scan()],
  ['scan fin-07 id: 7 full', scan('fin-07', 'Full')],
  ['scan fin-07 laptop: alert 3212', scan('fin-07', undefined, 'alert 3212')],
  ['scan fin-07 - full scan because alert 3212', scan('fin-07', 'Full', 'alert 3212')],
  ['scan fin-07 - full - alert 3212', scan('fin-07', 'Full', 'alert 3212')],
  ['scan "fin-07"- alert 3212', scan('fin-07', undefined, 'alert 3212')],
  [`scan "${'a'.repeat(254)}"`, scan()],
  ['scan CONTOSO\\fin-07\\', scan('fin-07')],
  ['scan "https://fin-07/x"', scan('fin-07')],
  ['scan fin" quick "', scan('fin', 'Quick')],
  ['scan İİ-pc because alert 3212', scan('İİ-pc', undefined, 'alert 3212')],
  ['scan quickly fin-07', scan('fin-07')],
  ['scan', scan()],
  ['full scan', scan(undefined, 'Full')],
  ['scan full because alert 3212', scan(undefined, 'Full', 'alert 3212')],
  ['scan fin-07 because', scan('fin-07')],
  ['scan fin-07:', scan('fin-07')],
  ['scan all devices', scan()],
  ['scan it', scan()],
  ['scan my computer, it has a virus', scan()],
];

export const OTHERS: readonly Phrasing[] = [
  ['status fin-07', status('fin-07')],
  ['Status of fin-07?', status('fin-07')],
  ['what is the status of the scan on fin-07', status('fin-07')],
  ['scan status fin-07', status('fin-07')],
  ['what about “Anna PC”', status('Anna PC')],
  ['check the scan on fin-07', status('fin-07')],
  ['how’s fin-07?', status('fin-07')],
  ['status for fin-07', status('fin-07')],
  ['status', status()],
  ['cancel fin-07', cancel('fin-07')],
  ['stop the full scan on fin-07 please', cancel('fin-07')],
  ['please abort my scan of fin-07', cancel('fin-07')],
  ['cancel fin-07 because fin-08 was meant', cancel('fin-07')],
  ['cancel because wrong', cancel()],
  ['my scans', myScans],
  ['My scan', myScans],
  ['scans', myScans],
  ['list', myScans],
  ['show me my scans please', myScans],
  ['history fin-07', history('fin-07')],
  ['history of the laptop fin-07, please', history('fin-07')],
  ['show me the scan history of fin-07', history('fin-07')],
  ['history', history()],
  ['watch fin-07', watch('fin-07')],
  ['please keep an eye on fin-07', watch('fin-07')],
  ['follow the laptop fin-07', watch('fin-07')],
  ['watch', watch()],
  ['report', report()],
  ['report 24h', report('24h')],
  ['Report 30D CSV', report('30d', true)],
  ['stats of the last 7d as csv', report('7d', true)],
  ['report 12 years', report()],
  ['why fin-07', why('fin-07')],
  ['Why is fin-07?', why('fin-07')],
  ['why does fin-07 need an approval?', why('fin-07')],
  ['which rule applies to fin-07', why('fin-07')],
  ['why', why()],
  ['why is the scan so slow today on monday', help()],
  ['pause', pause()],
  ['pause all scans', pause()],
  ['Pause: incident 4711, *ask* Erik', pause('incident 4711, *ask* Erik')],
  ['please pause scans because of the move to <at>Erik</at>', pause('the move to Erik')],
  ['resume', resume],
  ['please resume scans', resume],
  ['paus', help('pause')],
  ['tell me here', tellHere],
  ['please tell me here', tellHere],
  ['tell the channel', tellThere],
  ['notify me in the channel please', tellThere],
  ['sign out', signOut],
  ['SIGNOUT', signOut],
  ['please sign me out', signOut],
  ['log out', signOut],
  ['logoff', signOut],
  ['', help()],
  [' \u00a0\u200b', help()],
  ['?', help()],
  ['help', help()],
  ['Help me scan', help()],
  ['hi', help()],
  ['Hello!', help()],
  ['scna fin-07', help('scan')],
  ['please sacn fin-07', help('scan')],
  ['scn', help('scan')],
  ['statsu fin-07', help('status')],
  ['cancle fin-07', help('cancel')],
  ['my scnas', help('my scans')],
  ['sgin out', help('sign out')],
  ['singout', help('sign out')],
  ['hlep', help()],
  ['skun', help()],
  ['signxyz', help()],
  ['weather in Oslo', help()],
  ['is the scan on fin-07 done', help()],
  ["don't scan fin-07", help()],
  ['never scan fin-07', help()],
  ['"scan" fin-07', help()],
  ['because alert 3212 scan fin-07', help()],
];

/** What Teams makes of a message on its way. */
export const WIRE: readonly Phrasing[] = [
  ['<at>Scan Bot</at> scan full host-01', scan('host-01', 'Full')],
  ['<at id="0">Scan &amp; Bot</at>&nbsp;scan full host-01\r\n', scan('host-01', 'Full')],
  ['scan <at>Alice</at> host-01', scan('host-01')],
  ['scan host-01 because <at>Alice</at> said so', scan('host-01', undefined, 'Alice said so')],
  ['scan host-01 because <at><b>Alice</b></at> said so', scan('host-01', undefined, 'Alice said so')],
  ['<at>unclosed scan host-01', help()],
  ['<quoted messageId="17"/>scan full host-01', scan('host-01', 'Full')],
  ['<quoted messageId="17"/>scan full host-01<quoted messageId="18"></quoted>', scan('host-01', 'Full')],
  ['<blockquote>scan full host-01</blockquote>', scan('host-01', 'Full')],
  ['<quoted messageId="17">cancel host-02</quoted> scan full host-01', scan('host-01', 'Full')],
  [
    '<blockquote itemtype="http://schema.skype.com/Reply"><p>cancel host-02</p></blockquote><p>scan full host-01</p>',
    scan('host-01', 'Full'),
  ],
  ['&gt; cancel host-02\r\n&gt; please\r\n\r\nscan full host-01', scan('host-01', 'Full')],
  [
    '<div><p>scan <b>full</b> host-01</p><p>because alert&nbsp;3212</p></div>',
    scan('host-01', 'Full', 'alert\u00a03212'),
  ],
  ['scan host-01 because &lt;b&gt;x&lt;/b&gt; &amp;amp; &amp;lt;', scan('host-01', undefined, '<b>x</b> &amp; &lt;')],
  ['scan host-01 because <file.exe> a&copy=1', scan('host-01', undefined, '<file.exe> a&copy=1')],
  ['scan host-01 because first<br>second', scan('host-01', undefined, 'first\nsecond')],
  ['sc\u00adan\u200b full ho\u200bst-01\ufeff be\u2060cause alert 3212\u200b', scan('host-01', 'Full', 'alert 3212')],
  ['scan\u00a0full\u2009host-01', scan('host-01', 'Full')],
  ['scan host-01 because  one \r\n\r\n  “two” – three \n', scan('host-01', undefined, 'one \r\n\r\n  “two” – three')],
];

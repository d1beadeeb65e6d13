/** Lists what the languages still lack: `npm run words`. */
import { LANGUAGES } from '../../src/chat/languages.ts';
import { sentencesOf, wordFaults } from './word-faults.ts';

let count = 0;
for (const language of LANGUAGES.keys()) {
  for (const fault of wordFaults(language)) {
    process.stdout.write(`${language}: ${fault}\n`);
    count += 1;
  }
}
const sizes = [...LANGUAGES.keys()].map((language) => `${language} ${sentencesOf(language).size}`).join(', ');
process.stdout.write(`${count} faults; sentences: ${sizes}\n`);
process.exitCode = count === 0 ? 0 : 1;

import type { DefenderInPersonsName } from '../defender/in-persons-name.ts';
import type { DefenderTokens } from '../entra/on-behalf-of.ts';
import { DeviceFinder } from '../scan/finding/device-finder.ts';
import { OwnDevices } from '../scan/finding/own-devices.ts';
import type { TeamsNeeds } from '../teams/teams.ts';
import type { House } from './house.ts';

type Finding = Pick<TeamsNeeds, 'finder' | 'tokens'>;

/** What finds devices, and the tokens whose end ends what was found with them. */
export function findingFor(house: House, defender: DefenderInPersonsName, tokens: DefenderTokens): Finding {
  const { store, clock, background } = house;
  const own = new OwnDevices({ lists: defender, clock });
  return {
    finder: new DeviceFinder({ own, defender, store, clock, inBackground: background.run }),
    tokens: {
      accept: (person, token) => tokens.accept(person, token),
      token: (person, want) => tokens.token(person, want),
      forget: (person) => {
        tokens.forget(person);
        own.forget(person);
      },
    },
  };
}

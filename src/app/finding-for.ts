import type { DefenderInPersonsName } from '../defender/in-persons-name.ts';
import type { DefenderTokens } from '../entra/on-behalf-of.ts';
import { DeviceFinder } from '../scan/finding/device-finder.ts';
import { OwnDevices } from '../scan/finding/own-devices.ts';
import type { PersonId } from '../scan/ids.ts';
import type { TeamsNeeds } from '../teams/teams.ts';
import type { House } from './house.ts';

interface Finding extends Pick<TeamsNeeds, 'finder' | 'tokens'> {
  /** Somebody, perhaps anybody, signed out at another replica. */
  readonly signedOut: (who: PersonId | 'anybody') => void;
}

/** What finds devices, and the tokens whose end ends what was found with them. */
export function findingFor(house: House, defender: DefenderInPersonsName, tokens: DefenderTokens): Finding {
  const { store, clock, background } = house;
  const own = new OwnDevices({ lists: defender, clock });
  const forget = (person: PersonId): void => {
    tokens.forget(person);
    own.forget(person);
  };
  const forgetAll = (): void => {
    tokens.forgetAll();
    own.forgetAll();
  };
  return {
    finder: new DeviceFinder({ own, defender, store, clock, inBackground: background.run }),
    tokens: {
      accept: (person, token) => tokens.accept(person, token),
      token: (person, want) => tokens.token(person, want),
      forget,
    },
    signedOut: (who) => {
      if (who === 'anybody') forgetAll();
      else forget(who);
    },
  };
}

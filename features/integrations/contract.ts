import { type Static, Type } from 'typebox';
import { OneOf } from '../../contracts/atoms.ts';

/** What the installation is connected to. Its operator decides that; no secret and no host is told here. */
export const Integrations = Type.Object({
  mail: Type.Object({
    delivery: OneOf(['smtp', 'files']),
    from: Type.String(),
  }),
  public_url: Type.String(),
});

export type Integrations = Static<typeof Integrations>;

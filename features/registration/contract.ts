import { type Static, Type } from 'typebox';
import { Body, Id, Name, Text, Timestamp, VisibleName } from '../../contracts/atoms.ts';
import { Grant, GrantWith, InCookie, NewAddress, NewPassword } from '../auth/contract.ts';

export const CompanyRegistration = Body({
  company_name: VisibleName(255),
  admin_email: NewAddress,
  admin_password: NewPassword,
  admin_first_name: VisibleName(100),
  admin_last_name: Name(100),
  phone: Type.Optional(Text(20)),
  cookie: InCookie,
});
export const CompanyRegistered = GrantWith({
  company_id: Id,
  admin_email: Type.String(),
  trial_ends_at: Timestamp,
});

export const Joining = Body({
  invitation_token: Text(200, 1),
  password: NewPassword,
  first_name: VisibleName(100),
  last_name: Name(100),
  phone: Type.Optional(Text(20)),
  cookie: InCookie,
});
export const Registration = Type.Union([CompanyRegistration, Joining]);
export const Registered = Type.Union([CompanyRegistered, Grant]);

export const EmailParams = Type.Object({ email: Text(255, 1) }, { additionalProperties: false });
export const CompanyNameParams = Type.Object({ company_name: Text(255, 1) }, { additionalProperties: false });
export const Availability = Type.Object({ available: Type.Boolean() });

export type CompanyRegistration = Static<typeof CompanyRegistration>;
export type Joining = Static<typeof Joining>;

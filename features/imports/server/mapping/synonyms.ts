import type { ContactField } from './contact-fields.ts';
import { headerWords } from './header-words.ts';

// English, German, Spanish, French; best words first.
const synonyms: Record<ContactField, string> = {
  first_name:
    'First name, Given name, Forename, Fname, Vorname, Rufname, Primer nombre, Nombre de pila, Prénom, Contact first name',
  last_name:
    'Last name, Surname, Family name, Lname, Nachname, Familienname, Zuname, Apellido, Apellidos, Primer apellido, Nom de famille, Contact last name',
  full_name:
    'Full name, Contact name, Display name, Person name, Contact, Ansprechpartner, Kontakt, Kontaktperson, Vollständiger Name, Vor- und Nachname, Nombre completo, Nombre y apellidos, Contacto, Nom complet, Nom et prénom, Prénom et nom, Interlocuteur',
  email:
    'Email, E-mail, Email address, E-mail address, Mail, Primary email, Work email, Business email, Contact email, E-Mail-Adresse, Mailadresse, Email geschäftlich, Correo electrónico, Correo, Dirección de correo electrónico, Adresse e-mail, Adresse mail, Courriel, Adresse électronique, Adresse de messagerie',
  phone:
    'Phone, Phone number, Telephone, Telephone number, Tel, Work phone, Business phone, Office phone, Direct phone, Main phone, Primary phone, Landline, Telefon, Telefonnummer, Festnetz, Telefon geschäftlich, Rufnummer, Telefon (geschäftlich), Teléfono, Número de teléfono, Teléfono fijo, Teléfono del trabajo, Téléphone, Numéro de téléphone, Téléphone fixe, Téléphone professionnel, Home phone, Other phone, Telefon privat, Phone 2, Telefon 2',
  mobile:
    'Mobile, Mobile phone, Mobile number, Mobile phone number, Cell, Cell phone, Cellphone, Cellular, Mobiltelefon, Handy, Handynummer, Mobilnummer, Mobil, Móvil, Teléfono móvil, Celular, Portable, Téléphone portable, Téléphone mobile, Numéro de portable, GSM',
  company:
    'Company, Company name, Organization, Organisation, Organization name, Account, Account name, Employer, Business name, Firma, Firmenname, Unternehmen, Unternehmensname, Empresa, Nombre de la empresa, Compañía, Organización, Entreprise, Société, Nom de l’entreprise, Nom de la société, Raison sociale',
  title:
    'Job title, Position, Role, Job role, Job, Title, Designation, Berufsbezeichnung, Stellenbezeichnung, Jobtitel, Funktion, Cargo, Puesto, Puesto de trabajo, Título, Fonction, Poste, Intitulé du poste, Profession',
  type: 'Contact type, Type, Kontakttyp, Kontaktart, Typ, Tipo de contacto, Tipo, Type de contact',
  department: 'Department, Dept, Division, Abteilung, Bereich, Departamento, Département, Service',
  website:
    'Website, Web site, Website URL, Web page, Webpage, URL, Homepage, Home page, Company website, Webseite, Internetseite, Sitio web, Página web, Site web, Site internet, Web',
  address_line1:
    'Address, Address line 1, Address 1, Street, Street address, Mailing street, Business street, Straße, Strasse, Straße und Hausnummer, Anschrift, Adresse, Adresszeile 1, Dirección, Calle, Dirección 1, Rue, Adresse postale, Adresse 1',
  address_line2:
    'Address line 2, Address 2, Street 2, Suite, Adresszeile 2, Adresszusatz, Zusatz, Dirección 2, Adresse 2, Complément d’adresse',
  city: 'City, Town, Mailing city, Business city, Ort, Stadt, Wohnort, Ciudad, Localidad, Población, Ville, Commune',
  state:
    'State, State/Region, State/Province, Province, Region, County, Bundesland, Kanton, Estado, Provincia, Région, Canton',
  postal_code:
    'Postal code, Zip, Zip code, Zip/Postal code, Postcode, PLZ, Postleitzahl, Código postal, CP, Code postal',
  country: 'Country, Country/Region, Mailing country, Business country, Land, País, Pays',
  status:
    'Status, Lifecycle stage, Lead status, Contact status, Stage, Kontaktstatus, Leadstatus, Kundenstatus, Lebenszyklusphase, Estado del contacto, Estado del cliente potencial, Etapa, Statut, Statut du prospect, Étape',
  source:
    'Source, Lead source, Contact source, Original source, Quelle, Herkunft, Leadquelle, Fuente, Origen, Origen del contacto, Origine, Source du prospect',
  lead_score: 'Lead score, Score, HubSpot score, Punktzahl, Bewertung, Puntuación, Score du prospect',
  tags: 'Tags, Tag, Labels, Label, Categories, Category, Groups, Group membership, Kategorien, Kategorie, Schlagwörter, Gruppen, Etiquetas, Categorías, Étiquettes, Catégories, Mots-clés',
  owner:
    'Owner, Contact owner, Account owner, Lead owner, Assigned to, Sales rep, Owner email, Zuständig, Zuständiger Mitarbeiter, Verantwortlicher, Betreuer, Propietario, Responsable, Propriétaire, Commercial, Asignado a',
  notes:
    'Notes, Note, Comments, Comment, Description, Remarks, Notizen, Notiz, Bemerkung, Bemerkungen, Kommentar, Anmerkungen, Beschreibung, Notas, Comentarios, Observaciones, Remarques, Commentaires',
  linkedin_url:
    'LinkedIn, LinkedIn URL, LinkedIn profile, LinkedIn page, LinkedIn-Profil, LinkedIn profile URL, Perfil de LinkedIn, Profil LinkedIn, LinkedIn Bio',
  twitter_handle:
    'Twitter, Twitter handle, Twitter username, X handle, Twitter account, Usuario de Twitter, Compte Twitter',
};

export const fieldOfWords = new Map<string, { field: ContactField; confidence: number }>();
for (const [field, words] of Object.entries(synonyms) as [ContactField, string][]) {
  for (const [rank, word] of words.split(', ').entries()) {
    const key = headerWords(word);
    if (!fieldOfWords.has(key)) fieldOfWords.set(key, { field, confidence: Math.max(0.7, 0.95 - rank * 0.01) });
  }
}

/** Words whose meaning depends on the columns beside them. */
export const nameWords = { surname: ['nom', 'name'], given: ['nombre'] };

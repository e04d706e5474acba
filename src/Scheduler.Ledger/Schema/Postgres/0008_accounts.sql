-- Rows of which no record, no feed and no answer shows the body: accounts, their e-mail addresses, invitations, and the keys that protect cookies. body is JSON; of a cookie key, XML.
create table private_rows (
    kind text collate "C" not null,
    id text collate "C" not null,
    version integer not null,
    body text not null,
    primary key (kind, id)
);

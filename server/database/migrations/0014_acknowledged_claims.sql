-- What was told of a claim is asked for also after it was told.
drop index claim_tellings_claim;
create index claim_tellings_claim on claim_tellings (claim);

-- Every mention belongs to a sentence of its article.
from mentions
anti join sentences using (sentence_id, article_id)
select mention_id, sentence_id, article_id

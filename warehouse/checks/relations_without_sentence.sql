-- Every relation belongs to a sentence of its article.
from relations
anti join sentences using (sentence_id, article_id)
select relation_id, sentence_id, article_id

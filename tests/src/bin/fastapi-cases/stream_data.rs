use super::Case;

pub const CASES: &[Case] = &[("stream_data.tutorial001", tutorial001::app)];

mod tutorial001 {
    use versify::{ByteStream, Bytes, prelude::*};

    const MESSAGE: &str = "
Rick: (stumbles in drunkenly, and turns on the lights) Morty! You gotta come on. You got--... you gotta come with me.
Morty: (rubs his eyes) What, Rick? What's going on?
Rick: I got a surprise for you, Morty.
Morty: It's the middle of the night. What are you talking about?
Rick: (spills alcohol on Morty's bed) Come on, I got a surprise for you. (drags Morty by the ankle) Come on, hurry up. (pulls Morty out of his bed and into the hall)
Morty: Ow! Ow! You're tugging me too hard!
Rick: We gotta go, gotta get outta here, come on. Got a surprise for you Morty.
";

    #[get("/story/stream")]
    async fn stream_story() -> ByteStream<impl Stream<Item = &'static str>> {
        ByteStream::new(stream! {
            for line in MESSAGE.lines() {
                yield line;
            }
        })
    }

    #[get("/story/stream-no-async")]
    fn stream_story_no_async() -> ByteStream<impl Stream<Item = &'static str>> {
        ByteStream::of(MESSAGE.lines())
    }

    #[get("/story/stream-no-annotation")]
    async fn stream_story_no_annotation() -> ByteStream<impl Stream<Item = String>> {
        ByteStream::new(stream! {
            for line in MESSAGE.lines() {
                yield line.to_owned();
            }
        })
    }

    #[get("/story/stream-no-async-no-annotation")]
    fn stream_story_no_async_no_annotation() -> ByteStream<impl Stream<Item = String>> {
        ByteStream::of(MESSAGE.lines().map(str::to_owned))
    }

    #[get("/story/stream-bytes")]
    async fn stream_story_bytes() -> ByteStream<impl Stream<Item = &'static [u8]>> {
        ByteStream::new(stream! {
            for line in MESSAGE.lines() {
                yield line.as_bytes();
            }
        })
    }

    #[get("/story/stream-no-async-bytes")]
    fn stream_story_no_async_bytes() -> ByteStream<impl Stream<Item = &'static [u8]>> {
        ByteStream::of(MESSAGE.lines().map(str::as_bytes))
    }

    #[get("/story/stream-no-annotation-bytes")]
    async fn stream_story_no_annotation_bytes() -> ByteStream<impl Stream<Item = Bytes>> {
        ByteStream::new(stream! {
            for line in MESSAGE.lines() {
                yield Bytes::from(line);
            }
        })
    }

    #[get("/story/stream-no-async-no-annotation-bytes")]
    fn stream_story_no_async_no_annotation_bytes() -> ByteStream<impl Stream<Item = Bytes>> {
        ByteStream::of(MESSAGE.lines().map(Bytes::from))
    }

    pub fn app() -> App {
        App::new("FastAPI", "0.1.0").routes(routes![
            stream_story,
            stream_story_no_async,
            stream_story_no_annotation,
            stream_story_no_async_no_annotation,
            stream_story_bytes,
            stream_story_no_async_bytes,
            stream_story_no_annotation_bytes,
            stream_story_no_async_no_annotation_bytes,
        ])
    }
}
